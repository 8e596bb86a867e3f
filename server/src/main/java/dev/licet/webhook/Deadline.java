package dev.licet.webhook;

import java.time.Duration;

/** The time by which all of an attempt must be over. */
final class Deadline {
  private final long start = System.nanoTime();
  private final Duration timeout;

  Deadline(Duration timeout) {
    this.timeout = timeout;
  }

  /** How long it has taken so far. */
  Duration took() {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** How long it may still take; at least a millisecond. */
  Duration left() {
    Duration left = timeout.minus(took());
    return left.toMillis() < 1 ? Duration.ofMillis(1) : left;
  }

  boolean over() {
    return took().compareTo(timeout) >= 0;
  }
}
