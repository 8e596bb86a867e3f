package dev.licet.domain.billing;

import dev.licet.domain.job.Job;
import java.time.Duration;
import java.util.List;

/** What recurs about orders. */
public final class CheckoutJobs {
  private static final Duration EVERY = Duration.ofMinutes(10);

  /** How many rows are deleted at once: a few milliseconds' work. */
  private static final int SLICE = 200;

  private CheckoutJobs() {}

  /**
   * All that there are.
   *
   * @param kept how long events of providers are, which hold what their buyers typed
   */
  public static List<Job> all(Duration kept) {
    return List.of(
        Job.every(
            "checkout-events",
            EVERY,
            SLICE,
            (stores, now, limit) -> stores.checkoutEvents().forget(now.minus(kept), limit)),
        Job.every(
            "deleted-checkouts",
            EVERY,
            SLICE,
            (stores, now, limit) -> stores.connections().removeDeleted(limit)));
  }
}
