package dev.licet.domain.sla;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * How often something took how long, in buckets: eight for each power of two of microseconds. A
 * percentile is the middle of its bucket, so that it is off by 1/16 at most (6.25%), or by half a
 * microsecond below eight. Whatever took longer than two minutes counts as that long.
 *
 * <p>Safe for many threads; buckets of several times and nodes can be added up.
 */
public final class Latencies {
  private static final int STEP_BITS = 3;
  private static final int STEPS = 1 << STEP_BITS;

  /** The highest power of two that has buckets: from 67 to 134 seconds. */
  private static final int MAX_EXPONENT = 26;

  /** How many buckets there are. */
  public static final int BUCKETS = (MAX_EXPONENT - STEP_BITS + 2) * STEPS;

  private final AtomicLongArray counts = new AtomicLongArray(BUCKETS);

  /** The times that a half, and all but a twentieth and a hundredth, stay within. */
  public record Percentiles(Duration p50, Duration p95, Duration p99) {}

  /** Counts one time. */
  public void record(long nanos) {
    counts.getAndIncrement(bucket(TimeUnit.NANOSECONDS.toMicros(Math.max(0, nanos))));
  }

  /** Adds to a bucket what was counted elsewhere. */
  public void add(int bucket, long count) {
    counts.getAndAdd(bucket, count);
  }

  /** Adds what others have counted. */
  public void add(Latencies others) {
    for (int bucket = 0; bucket < BUCKETS; bucket++) {
      long count = others.count(bucket);
      if (count != 0) {
        add(bucket, count);
      }
    }
  }

  /** How often something fell into a bucket. */
  public long count(int bucket) {
    return counts.get(bucket);
  }

  /** How often something was counted. */
  public long total() {
    long total = 0;
    for (int bucket = 0; bucket < BUCKETS; bucket++) {
      total += count(bucket);
    }
    return total;
  }

  /** The percentiles; {@code null} when nothing was counted. */
  public @Nullable Percentiles percentiles() {
    long total = total();
    return total == 0
        ? null
        : new Percentiles(percentile(total, 50), percentile(total, 95), percentile(total, 99));
  }

  private Duration percentile(long total, int percent) {
    long rank = Math.ceilDiv(total * percent, 100);
    long seen = 0;
    int bucket = -1;
    while (seen < rank && bucket < BUCKETS - 1) {
      seen += count(++bucket);
    }
    return middle(bucket);
  }

  private static int bucket(long micros) {
    if (micros < STEPS) {
      return (int) micros;
    }
    int exponent = Long.SIZE - 1 - Long.numberOfLeadingZeros(micros);
    if (exponent > MAX_EXPONENT) {
      return BUCKETS - 1;
    }
    int step = (int) (micros >> (exponent - STEP_BITS)) & (STEPS - 1);
    return (exponent - STEP_BITS + 1) * STEPS + step;
  }

  private static Duration middle(int bucket) {
    int shift = Math.max(0, bucket / STEPS - 1);
    long least = bucket < STEPS ? bucket : (long) (STEPS + bucket % STEPS) << shift;
    return Duration.ofNanos(TimeUnit.MICROSECONDS.toNanos(least) + (500L << shift));
  }
}
