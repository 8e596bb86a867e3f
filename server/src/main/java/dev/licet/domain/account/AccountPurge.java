package dev.licet.domain.account;

import dev.licet.domain.Stores;
import dev.licet.domain.job.Job;
import dev.licet.domain.usage.UsageErasure;
import dev.licet.domain.usage.UsageErasure.Part;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The end of deleted accounts whose time of grace is over: their rows go, and what the journal of
 * validations tells of persons. In steps that hold the database briefly.
 *
 * <p>How far a node is stands in its memory, and moves on only past what it has found done. So a
 * step that is undone is done again, and another node begins anew with what is left.
 */
public final class AccountPurge {
  private static final Duration EVERY = Duration.ofMinutes(10);

  /** Batches of the journal that one transaction rewrites: a few milliseconds' work. */
  private static final int BATCHES_EACH = 8;

  private volatile @Nullable Purge current;

  /** The job that purges. */
  public Job job() {
    return Job.every("account-purge", EVERY, 1, (stores, now, limit) -> step(stores, now));
  }

  private int step(Stores stores, Instant now) {
    Purge purge = current;
    if (purge == null) {
      List<Account> due = stores.accounts().due(now);
      if (due.isEmpty()) {
        return 0;
      }
      purge = Purge.of(stores, due.getFirst().no());
    }
    current = purge.step(stores, now);
    return 1;
  }

  private enum Phase {
    JOURNAL,
    ROWS,

    /** What was validated while the rest was removed. */
    JOURNAL_AGAIN
  }

  /**
   * One account.
   *
   * @param licenses that it has, or had when this began
   * @param after what was looked through of the journal
   */
  private record Purge(long accountNo, Set<Long> licenses, Phase phase, long after) {
    static Purge of(Stores stores, long accountNo) {
      Set<Long> licenses = stores.accounts().licenseNos(accountNo);
      return new Purge(accountNo, licenses, Phase.JOURNAL, UsageErasure.START);
    }

    /** Does a part; null when there is no more to do. */
    @Nullable Purge step(Stores stores, Instant now) {
      return switch (phase) {
        case JOURNAL -> journal(stores, in(Phase.ROWS));
        case ROWS -> rows(stores, now);
        case JOURNAL_AGAIN -> journal(stores, null);
      };
    }

    private Purge in(Phase next) {
      return new Purge(accountNo, licenses, next, UsageErasure.START);
    }

    private @Nullable Purge journal(Stores stores, @Nullable Purge then) {
      if (licenses.isEmpty()) {
        return then;
      }
      Part part = stores.erasure().find(after, licenses);
      List<Long> batches = part.batches();
      if (batches.isEmpty() && part.isLast()) {
        stores.erasure().endReading();
        return then;
      }
      if (batches.isEmpty()) {
        return new Purge(accountNo, licenses, phase, part.next());
      }
      int some = Math.min(BATCHES_EACH, batches.size());
      stores.erasure().erase(batches.subList(0, some), licenses);
      return this;
    }

    private @Nullable Purge rows(Stores stores, Instant now) {
      if (stores.accounts().find(accountNo).isEmpty()) {
        return in(Phase.JOURNAL_AGAIN);
      }
      if (!isDue(stores, now)) {
        return null;
      }
      if (stores.accounts().purge(accountNo)) {
        stores.changes().accountChanged(accountNo);
      }
      return this;
    }

    /** Somebody may have brought the account back meanwhile. */
    private boolean isDue(Stores stores, Instant now) {
      return stores
          .accounts()
          .lock(accountNo)
          .map(Account::purgeAt)
          .filter(at -> !at.isAfter(now))
          .isPresent();
    }
  }
}
