package dev.licet.domain.delivery;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** What waits at webhooks, for those who look often. Asks the database once in a while only. */
public final class BacklogWatch {
  private static final long KEEP_NANOS = 10_000_000_000L;

  private final DeliveryQueue queue;
  private final InstantSource clock;

  private DeliveryQueue.Backlog last = new DeliveryQueue.Backlog(0, null);
  private long askedAt = System.nanoTime() - KEEP_NANOS;

  public BacklogWatch(DeliveryQueue queue, InstantSource clock) {
    this.queue = queue;
    this.clock = clock;
  }

  /** Deliveries that are not done. */
  public long waiting() {
    return current().waiting();
  }

  /** How long the one that is due first has been due; zero when none is. */
  public Duration oldest() {
    Instant due = current().oldestDue();
    Instant now = clock.instant();
    return due == null || due.isAfter(now) ? Duration.ZERO : Duration.between(due, now);
  }

  private synchronized DeliveryQueue.Backlog current() {
    if (System.nanoTime() - askedAt >= KEEP_NANOS) {
      askedAt = System.nanoTime(); // also when it fails: whoever looks next gets what was known
      last = queue.backlog();
    }
    return last;
  }
}
