package dev.licet.domain.delivery;

import dev.licet.domain.Stores;
import dev.licet.domain.Transactions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.LockSupport;

/**
 * Work on webhooks and their deliveries that nobody waits for, in transactions of a few
 * milliseconds. Nodes may do it at the same time.
 */
public final class DeliveryUpkeep {
  private static final int REPLAYED = 100;
  private static final int REMOVED = 300;

  /** Between two transactions, for those who wait for the writer. */
  private static final long PAUSE_NANOS = 10_000_000L;

  private final Transactions transactions;
  private final InstantSource clock;
  private final Duration kept;

  /** Does some of the work; as much as {@code limit} means that there may be more. */
  private interface Step {
    int run(Stores stores, Instant now, int limit);
  }

  /**
   * @param kept how long deliveries are kept
   */
  public DeliveryUpkeep(Transactions transactions, InstantSource clock, Duration kept) {
    this.transactions = transactions;
    this.clock = clock;
    this.kept = kept;
  }

  /** Sends again what was asked for. */
  public void replay() {
    if (transactions.read(Replays::waiting)) {
      repeat(REPLAYED, Replays::step);
    }
  }

  /** Removes what is left of deleted webhooks, and deliveries that are old enough. */
  public void remove() {
    repeat(REMOVED, (stores, now, limit) -> stores.webhooks().removeDeleted(limit));
    repeat(REMOVED, (stores, now, limit) -> stores.deliveries().forget(now.minus(kept), limit));
  }

  private void repeat(int limit, Step step) {
    while (transactions.write(stores -> step.run(stores, clock.instant(), limit)) >= limit) {
      LockSupport.parkNanos(this, PAUSE_NANOS);
    }
  }
}
