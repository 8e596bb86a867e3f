package dev.licet.domain.usage;

import java.util.List;

/**
 * Where the journal of validations is appended. One thread of a node calls it.
 *
 * <p>An event's id is {@code nodeNo << 40 | sequence}; a node's ids have no gaps.
 */
public interface JournalStore {
  /** Bits of an event's id that count within a node. */
  int SEQUENCE_BITS = 40;

  /** Events of a batch, at most. */
  int MAX_BATCH = 1_024;

  /** The first id of a node. */
  static long firstId(long nodeNo) {
    return nodeNo << SEQUENCE_BITS;
  }

  /** The node that an event is of. */
  static long nodeNo(long eventId) {
    return eventId >> SEQUENCE_BITS;
  }

  /** Makes this process known and gives it a number that no process had before. */
  long openNode();

  /**
   * Appends events with consecutive ids, and counts them for their accounts, in one transaction.
   * When it returns they survive a crash.
   *
   * @param events at least one, at most {@link #MAX_BATCH}
   * @param uses what they add to each account's months; no account and month twice
   * @throws dev.licet.domain.StoreUnavailableException when the database cannot be reached; whether
   *     the events were appended is then unknown
   */
  void append(long firstId, List<UsageEvent> events, List<MonthlyUse> uses);

  /**
   * The id after the last one that was appended by a node: how a writer learns after a fault
   * whether its batch is there.
   */
  long nextId(long nodeNo);
}
