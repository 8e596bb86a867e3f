package dev.licet.domain.job;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the installation knows of a job. Each change has the next version, and is made only of the
 * version that it was made from.
 *
 * @param holder the node that runs it; {@code null} while none does
 * @param nextRunAt by the clock of the node that ran it last
 * @param startedAt when its last run began; {@code null} before the first
 * @param finishedAt when that ended
 * @param took how long that took
 * @param items how many items that did, or has done so far
 * @param failures how many runs have failed since one did not
 * @param error what went wrong last, also if later runs did not fail
 */
public record JobState(
    String name,
    long version,
    @Nullable Long holder,
    Instant nextRunAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    Duration took,
    long items,
    int failures,
    @Nullable String error,
    @Nullable Instant errorAt) {
  private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
  private static final Duration LAST_RETRY = Duration.ofMinutes(5);
  private static final int MAX_ERROR = 500;

  /** A job that never ran and is due. */
  public static JobState initial(String name, Instant now) {
    return new JobState(name, 0, null, now, null, null, Duration.ZERO, 0, 0, null, null);
  }

  /** How long it rests after its last run, by whatever clock. */
  public Duration rest() {
    return finishedAt == null ? Duration.ZERO : Duration.between(finishedAt, nextRunAt);
  }

  JobState taken(long node, Instant now) {
    return new JobState(
        name, version + 1, node, nextRunAt, now, null, Duration.ZERO, 0, failures, error, errorAt);
  }

  /** Still being run. */
  JobState going(long itemsDone) {
    return new JobState(
        name,
        version + 1,
        holder,
        nextRunAt,
        startedAt,
        finishedAt,
        took,
        itemsDone,
        failures,
        error,
        errorAt);
  }

  JobState done(Instant now, Duration runTook, long itemsDone, Duration restFor) {
    return new JobState(
        name,
        version + 1,
        null,
        now.plus(restFor),
        startedAt,
        now,
        runTook,
        itemsDone,
        0,
        error,
        errorAt);
  }

  /** Ended by a fault: the more of them in a row, the longer is the rest. */
  JobState failed(Instant now, Duration runTook, long itemsDone, String fault) {
    Duration retry = FIRST_RETRY.multipliedBy(1L << Math.min(failures, 20));
    return new JobState(
        name,
        version + 1,
        null,
        now.plus(retry.compareTo(LAST_RETRY) < 0 ? retry : LAST_RETRY),
        startedAt,
        now,
        runTook,
        itemsDone,
        failures + 1,
        fault.length() > MAX_ERROR ? fault.substring(0, MAX_ERROR) : fault,
        now);
  }
}
