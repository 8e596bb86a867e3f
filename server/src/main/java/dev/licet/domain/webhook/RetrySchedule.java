package dev.licet.domain.webhook;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * When a message is tried again: at most ten attempts, each so long after the end of the one before
 * as Standard Webhooks 1.0.0 proposes. The last one is more than three days after the first, so
 * that a receiver that is down for two days gets everything.
 *
 * <p>Pure: the same numbers give the same times.
 */
public final class RetrySchedule {
  /** How long a receiver may ask to be left alone. */
  public static final Duration MAX_RETRY_AFTER = Duration.ofHours(24);

  /** The times before each attempt. */
  private static final List<Duration> DELAYS =
      List.of(
          Duration.ZERO,
          Duration.ofSeconds(5),
          Duration.ofMinutes(5),
          Duration.ofMinutes(30),
          Duration.ofHours(2),
          Duration.ofHours(5),
          Duration.ofHours(10),
          Duration.ofHours(14),
          Duration.ofHours(20),
          Duration.ofHours(24));

  /** How many attempts there are. */
  public static final int ATTEMPTS = DELAYS.size();

  /** Up to a tenth is added or taken away. */
  private static final double JITTER = 0.1;

  private RetrySchedule() {}

  /**
   * How long to wait before the next attempt; empty when there is none left.
   *
   * <p>A receiver that asks for more time gets it, up to {@link #MAX_RETRY_AFTER}. One that asks
   * for less does not: a receiver that says "in a second" for hours would use up all attempts in
   * ten seconds.
   *
   * @param attempts how many were made
   * @param retryAfter what the receiver asked for with its last answer
   */
  public static Optional<Duration> delayAfter(
      int attempts, @Nullable Duration retryAfter, RandomGenerator random) {
    if (attempts >= ATTEMPTS) {
      return Optional.empty();
    }
    Duration planned = DELAYS.get(attempts);
    Duration delay = scaled(planned, random.nextDouble(1 - JITTER, 1 + JITTER));
    if (retryAfter == null || retryAfter.compareTo(delay) <= 0) {
      return Optional.of(delay);
    }
    Duration asked = retryAfter.compareTo(MAX_RETRY_AFTER) < 0 ? retryAfter : MAX_RETRY_AFTER;
    // Never sooner than asked, and not all at the same moment.
    return Optional.of(scaled(asked, random.nextDouble(1, 1 + JITTER)));
  }

  private static Duration scaled(Duration duration, double factor) {
    return Duration.ofMillis(Math.round(duration.toMillis() * factor));
  }
}
