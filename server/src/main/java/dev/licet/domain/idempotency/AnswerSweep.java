package dev.licet.domain.idempotency;

import dev.licet.domain.Transactions;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.concurrent.locks.LockSupport;

/** Deletes answers that have expired, in the background and in small transactions. */
public final class AnswerSweep implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(AnswerSweep.class.getName());

  private static final long ROUND_NANOS = 60_000_000_000L;
  private static final long PAUSE_NANOS = 50_000_000L;
  private static final long CLOSE_MILLIS = 2_000;

  /** How many are deleted at once: a few milliseconds' work. */
  private static final int SLICE = 500;

  private final Transactions transactions;
  private final InstantSource clock;
  private final Thread sweeper;

  private volatile boolean closing;

  public AnswerSweep(Transactions transactions, InstantSource clock) {
    this.transactions = transactions;
    this.clock = clock;
    this.sweeper = Thread.ofPlatform().name("answer-sweep").daemon().unstarted(this::run);
  }

  public void start() {
    sweeper.start();
  }

  private void run() {
    while (!closing) {
      LockSupport.parkNanos(this, slice() == SLICE ? PAUSE_NANOS : ROUND_NANOS);
    }
  }

  private int slice() {
    try {
      return transactions.write(stores -> stores.answers().deleteExpired(clock.instant(), SLICE));
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "expired answers are not deleted: {0}", e.getMessage());
      return 0;
    }
  }

  @Override
  public void close() {
    closing = true;
    LockSupport.unpark(sweeper);
    try {
      sweeper.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
