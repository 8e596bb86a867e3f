package dev.licet.domain.job;

import java.time.Duration;
import java.util.List;

/** Jobs that remove what was kept for a time. What is removed late has no effect meanwhile. */
public final class Retention {
  private static final Duration EVERY = Duration.ofMinutes(1);

  /** How many rows are deleted at once: a few milliseconds' work. */
  private static final int SLICE = 500;

  private Retention() {}

  public static List<Job> jobs() {
    return List.of(
        Job.every(
            "idempotent-answers",
            EVERY,
            SLICE,
            (stores, now, limit) -> stores.answers().deleteExpired(now, limit)));
  }
}
