package dev.licet.domain.delivery;

import dev.licet.domain.job.Job;
import java.time.Duration;
import java.util.List;

/** Work on webhooks and their deliveries that recurs. */
public final class DeliveryJobs {
  private static final Duration USUALLY = Duration.ofMinutes(1);
  private static final int REPLAYED = 100;
  private static final int REMOVED = 300;

  private DeliveryJobs() {}

  /**
   * All of it.
   *
   * @param retention how long deliveries are kept
   */
  public static List<Job> all(Duration retention) {
    return List.of(
        Job.every("webhook-replay", USUALLY, REPLAYED, Replays::step)
            .soonWhen((stores, now) -> Replays.waiting(stores)),
        Job.every(
            "webhook-removal",
            USUALLY,
            REMOVED,
            (stores, now, limit) -> stores.webhooks().removeDeleted(limit)),
        Job.every(
            "delivery-retention",
            USUALLY,
            REMOVED,
            (stores, now, limit) -> stores.deliveries().forget(now.minus(retention), limit)));
  }
}
