package dev.licet.domain.job;

import dev.licet.domain.Stores;
import dev.licet.domain.sla.SlaReports;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Jobs that remove what was kept for a time. What has no moment of its own stays a day longer than
 * it counts, since nodes' clocks may differ.
 */
public final class Retention {
  private static final Duration EVERY = Duration.ofMinutes(1);
  private static final Duration RARELY = Duration.ofMinutes(10);

  /** How many rows are deleted at once: a few milliseconds' work. */
  private static final int SLICE = 500;

  private Retention() {}

  /** Deletes rows of all accounts, the oldest first. */
  private interface Deletion {
    int delete(Stores stores, Instant before, int limit);
  }

  /**
   * The jobs that remove what is old.
   *
   * @param events how long events are kept
   */
  public static List<Job> jobs(Duration events) {
    return List.of(
        job(
            "events",
            RARELY,
            events,
            (stores, before, limit) -> stores.events().forget(before, limit)),
        job(
            "idempotent-answers",
            EVERY,
            Duration.ZERO,
            (stores, before, limit) -> stores.answers().deleteExpired(before, limit)),
        job(
            "consumptions",
            RARELY,
            Duration.ofDays(2),
            (stores, before, limit) -> stores.counters().forgetReceipts(before, limit)),
        job(
            "seat-releases",
            RARELY,
            Duration.ofDays(8),
            (stores, before, limit) -> stores.seats().forgetReleases(before, limit)),
        job(
            "retired-keys",
            RARELY,
            Duration.ofDays(30),
            (stores, before, limit) -> stores.licenses().forgetRetiredKeys(before, limit)),
        job(
            "change-feed",
            RARELY,
            Duration.ofHours(1),
            (stores, before, limit) -> stores.changes().forget(before, limit)),
        job(
            "sla-hours",
            RARELY,
            SlaReports.KEPT,
            (stores, before, limit) -> stores.sla().forget(before, limit)));
  }

  private static Job job(String name, Duration every, Duration kept, Deletion deletion) {
    return Job.every(
        name,
        every,
        SLICE,
        (stores, now, limit) -> deletion.delete(stores, now.minus(kept), limit));
  }
}
