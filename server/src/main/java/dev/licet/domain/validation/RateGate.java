package dev.licet.domain.validation;

import java.util.concurrent.atomic.AtomicLongFieldUpdater;

/**
 * A token bucket in eight bytes: the generic cell rate algorithm (ITU-T I.371). Safe for many
 * threads, takes no lock.
 */
public final class RateGate {
  private static final AtomicLongFieldUpdater<RateGate> FULL_AT =
      AtomicLongFieldUpdater.newUpdater(RateGate.class, "fullAt");

  /** The theoretical arrival time, nanoseconds: before it the bucket is not full. */
  private volatile long fullAt;

  /** A gate with a full bucket. */
  public RateGate(long nowNanos) {
    fullAt = nowNanos;
  }

  /**
   * How fast a gate lets through.
   *
   * @param nanosEach the time that one token takes to come back; 0 for no limit
   * @param burst tokens that the bucket holds
   */
  public record Rate(long nanosEach, int burst) {
    public static final Rate UNLIMITED = new Rate(0, 1);

    private static final long NANOS_PER_MINUTE = 60_000_000_000L;

    /**
     * A rate per minute.
     *
     * @param count how many a minute; 0 for no limit
     * @param burst how many at once, at least 1
     */
    public static Rate perMinute(int count, int burst) {
      return count == 0 ? UNLIMITED : new Rate(NANOS_PER_MINUTE / count, Math.max(1, burst));
    }
  }

  /**
   * Takes a token.
   *
   * @return 0 when there was one; else how many nanoseconds it takes until there is
   */
  public long tryPass(Rate rate, long nowNanos) {
    if (rate.nanosEach() == 0) {
      return 0;
    }
    while (true) {
      long before = fullAt;
      long start = before - nowNanos > 0 ? before : nowNanos;
      long after = start + rate.nanosEach();
      long wait = after - nowNanos - rate.nanosEach() * rate.burst();
      if (wait > 0) {
        return wait;
      }
      if (FULL_AT.compareAndSet(this, before, after)) {
        return 0;
      }
    }
  }

  /** How many tokens there are. */
  public long remaining(Rate rate, long nowNanos) {
    return rate.nanosEach() == 0
        ? rate.burst()
        : (rate.nanosEach() * rate.burst() - untilFull(nowNanos)) / rate.nanosEach();
  }

  /** Nanoseconds until all tokens are back, if none is taken. */
  public long untilFull(long nowNanos) {
    return Math.max(0, fullAt - nowNanos);
  }

  /** How many nanoseconds it takes until there is a token; takes none. */
  public long nanosToWait(Rate rate, long nowNanos) {
    return Math.max(0, untilFull(nowNanos) + rate.nanosEach() - rate.nanosEach() * rate.burst());
  }
}
