package dev.licet.domain;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * Whether the database is there, as far as this process knows: whether it answers, which the store
 * finds out, and whether it takes records, which the journal of validations finds out. A full disk
 * answers and takes none.
 */
public final class DatabaseState {
  /**
   * Changes by other servers are asked for four times in this. A server that is so busy that it is
   * late for one of them is not to read every licence anew, and be busier for it.
   */
  private static final long HEARING_NANOS = 2_000_000_000L;

  private final LongSupplier nanoTime;
  private volatile boolean reachable = true;
  private volatile boolean caughtUp = true;
  private volatile boolean recording = true;
  private volatile long lostAt;
  private volatile long aliveAt;

  /** Whether other servers may change it, so that one must hear of that. */
  private volatile boolean shared;

  private volatile long heardAt;

  public DatabaseState() {
    this(System::nanoTime);
  }

  /**
   * @param nanoTime a clock such as {@link System#nanoTime}
   */
  public DatabaseState(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.aliveAt = nanoTime.getAsLong();
  }

  /** It does not answer any more. */
  public void lost() {
    if (reachable) {
      lostAt = nanoTime.getAsLong();
      caughtUp = false;
      reachable = false;
    }
  }

  /**
   * It answers again.
   *
   * @param catchUp gives up what was read before and has changed; until then it counts as away
   */
  public void found(Runnable catchUp) {
    alive();
    if (shared) {
      heard(); // until the first look, what was kept while it was away is as good as before
    }
    reachable = true;
    catchUp.run();
    caughtUp = true;
  }

  /** It answered something just now. */
  public void alive() {
    aliveAt = nanoTime.getAsLong();
  }

  /** All that other servers had changed when they were asked just now is known. */
  public void heard() {
    heardAt = nanoTime.getAsLong();
    shared = true;
  }

  /**
   * Whether it answers and yet nothing is heard of what other servers change, so that what was read
   * before may be of the past.
   */
  public boolean isDeaf() {
    return shared && reachable && nanoTime.getAsLong() - heardAt > HEARING_NANOS;
  }

  /** Nanoseconds since it last answered anything. */
  public long silentNanos() {
    return nanoTime.getAsLong() - aliveAt;
  }

  /** Whether validations are recorded in it, or wait elsewhere. */
  public void recording(boolean works) {
    recording = works;
  }

  /** Whether it answers. */
  public boolean isReachable() {
    return reachable;
  }

  /** Whether it does not answer, or takes no records, or what it missed is not known yet. */
  public boolean isAway() {
    return !reachable || !caughtUp || !recording;
  }

  /** Whether it has not answered for so long. */
  public boolean isLostFor(Duration time) {
    return !reachable && nanoTime.getAsLong() - lostAt > time.toNanos();
  }

  /**
   * Returns when there is sense in asking it.
   *
   * @throws StoreUnavailableException when it does not answer: nobody has to wait to learn that
   */
  public void require() {
    if (!reachable) {
      throw new StoreUnavailableException("the database does not answer", new TimeoutException());
    }
  }
}
