package dev.licet.domain.delivery;

import dev.licet.domain.job.Job;
import java.time.Duration;
import java.util.List;

/** Work on webhooks and their deliveries that recurs. */
public final class DeliveryJobs {
  private static final Duration USUALLY = Duration.ofMinutes(1);

  /** How many deliveries one transaction begins or removes: a few milliseconds' work. */
  private static final int SLICE = 50;

  private DeliveryJobs() {}

  /**
   * All of it.
   *
   * @param retention how long deliveries are kept
   */
  public static List<Job> all(Duration retention) {
    return List.of(
        Job.every("webhook-replay", USUALLY, SLICE, Replays::step)
            .soonWhen((stores, now) -> Replays.waiting(stores)),
        Job.every(
            "webhook-removal",
            USUALLY,
            SLICE,
            (stores, now, limit) -> stores.webhooks().removeDeleted(limit)),
        Job.every(
            "delivery-retention",
            USUALLY,
            SLICE,
            (stores, now, limit) -> stores.deliveries().forget(now.minus(retention), limit)));
  }
}
