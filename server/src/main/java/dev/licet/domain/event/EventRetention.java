package dev.licet.domain.event;

import dev.licet.domain.Transactions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Forgets events that are too old, a few at a time, so that nobody waits long for the writer. */
public final class EventRetention {
  private static final int BATCH = 500;

  private final Transactions transactions;
  private final InstantSource clock;
  private final Duration kept;

  /**
   * @param kept how long events are kept
   */
  public EventRetention(Transactions transactions, InstantSource clock, Duration kept) {
    this.transactions = transactions;
    this.clock = clock;
    this.kept = kept;
  }

  /** Removes all that is too old now; how many that were. */
  public long run() {
    Instant before = clock.instant().minus(kept);
    long all = 0;
    int removed;
    do {
      removed = transactions.write(stores -> stores.events().forget(before, BATCH));
      all += removed;
    } while (removed == BATCH && !Thread.currentThread().isInterrupted());
    return all;
  }
}
