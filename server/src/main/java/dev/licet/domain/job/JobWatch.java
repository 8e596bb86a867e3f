package dev.licet.domain.job;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Tells, by looking at the jobs again and again, which of them this process may take. Goes by this
 * process's own time since it saw a job change, so that neither clocks that differ between nodes
 * nor clocks that jump make a job early or late.
 *
 * <p>The wall clock is asked only about what this process has not seen: how much of a rest is left
 * at the first look.
 */
final class JobWatch {
  /** A node that runs a job changes it far more often than this, unless it is gone. */
  static final Duration LEASE = Duration.ofMillis(1_500);

  /** A version of a job, and when it may be taken unless it has changed by then. */
  private record Sight(long version, long freeNanos) {}

  private final Map<String, Sight> sights = new HashMap<>();

  /** Whether the job's rest is over, or whoever holds it is gone. */
  boolean isFree(JobState job, Instant now, long nowNanos) {
    Sight sight = sights.get(job.name());
    if (sight == null || sight.version() != job.version()) {
      sight = new Sight(job.version(), nowNanos + wait(job, sight == null, now).toNanos());
      sights.put(job.name(), sight);
    }
    return nowNanos - sight.freeNanos() >= 0;
  }

  private static Duration wait(JobState job, boolean firstLook, Instant now) {
    if (job.holder() != null) {
      return LEASE;
    }
    Duration rest = job.rest();
    Duration left = firstLook ? Duration.between(now, job.nextRunAt()) : rest;
    return left.compareTo(rest) < 0 ? left : rest;
  }
}
