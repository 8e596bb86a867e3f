package dev.licet.domain.counter;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How much of something a licence may use up.
 *
 * @param limit units in each period, 0 to {@link #MOST}; {@code null} is unlimited
 */
public record CounterRule(@Nullable Long limit, CounterReset reset) {
  /** No counter counts further: the highest integer that every JSON reader keeps exact. */
  public static final long MOST = (1L << 53) - 1;

  /** What no use may pass. */
  long bound() {
    return limit == null ? MOST : limit;
  }

  /** Where the counter stands at a moment. */
  public CounterState at(CounterUse use, Instant now) {
    long used = use.period() >= reset.period(now) ? use.used() : 0;
    Long remaining = limit == null ? null : Long.valueOf(Math.max(0, limit - used));
    return new CounterState(this, used, remaining, reset.next(now));
  }
}
