package dev.licet.domain.usage;

import java.util.function.LongSupplier;

/**
 * How long the fold leaves the processor and the database to others after each part of a round,
 * which would else hold up validations for seconds. The rests are long while the round gains on the
 * events that come meanwhile; else they become shorter each time that the fold is behind by twice
 * as many rounds, and end at eight.
 *
 * <p>Times are nanoseconds. For one thread.
 */
final class FoldPace {
  /** How many times as long as a part took the fold rests after it, when it is not behind. */
  static final int RESTS = 3;

  /** The same when the round is ahead of what comes in its time. */
  static final int LONG_RESTS = 12;

  /** How long a round may take although nothing makes it urgent. */
  static final double LONGEST_ROUND_NANOS = 120e9;

  /** How many events are to be folded while one comes, that a fold which is behind catches up. */
  static final double GAIN = 1.25;

  private final int roundEvents;
  private final LongSupplier lag;
  private final LongSupplier clock;

  private long begin;
  private long lagAtBegin;
  private boolean own;

  /**
   * @param roundEvents events of a round
   * @param lag events that are not folded yet
   * @param clock such as {@link System#nanoTime}
   */
  FoldPace(int roundEvents, LongSupplier lag, LongSupplier clock) {
    this.roundEvents = roundEvents;
    this.lag = lag;
    this.clock = clock;
  }

  /**
   * Begins a round.
   *
   * @param own whether its events are of this node: those of others are not to wait for long
   */
  void begin(boolean own) {
    this.begin = clock.getAsLong();
    this.lagAtBegin = lag.getAsLong();
    this.own = own;
  }

  /**
   * The rest after a part of the round.
   *
   * @param worked how long the part took
   * @param done how much of the round is done, from 0 to 1
   */
  long rest(long worked, double done) {
    long roundsBehind = Math.max(1, lag.getAsLong() / roundEvents);
    int doublings = Long.SIZE - 1 - Long.numberOfLeadingZeros(roundsBehind);
    if (doublings >= RESTS) {
      return 0;
    }
    return worked * (own && done > due() ? LONG_RESTS : RESTS - doublings);
  }

  /** The part of the round that has to be done by now. */
  private double due() {
    double time = (clock.getAsLong() - begin) / LONGEST_ROUND_NANOS;
    return Math.max(time, GAIN * (lag.getAsLong() - lagAtBegin) / roundEvents);
  }
}
