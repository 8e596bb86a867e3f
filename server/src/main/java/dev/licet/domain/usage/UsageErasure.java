package dev.licet.domain.usage;

import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Takes out of the journal what tells of persons: domains, fingerprints and addresses. That a
 * licence was validated, and when, stays. Inside one transaction.
 */
public interface UsageErasure {
  /** Before the first batch. */
  long START = -1;

  /**
   * A part of the journal that was looked through.
   *
   * @param batches those in it that hold something to take out
   * @param next where to go on
   * @param isLast whether nothing comes after it
   */
  record Part(List<Long> batches, long next, boolean isLast) {}

  /** Looks for events of licences in the batches that come next. */
  Part find(long after, Set<Long> licenseNos);

  /** Takes out of batches what their events of these licences tell. */
  void erase(Collection<Long> batches, Set<Long> licenseNos);

  /**
   * Has every fold read anew what it is about to count: it would else write what was taken out into
   * the reports, up to minutes later. To be called when the journal was looked through, before what
   * is folded already is removed.
   */
  void endReading();
}
