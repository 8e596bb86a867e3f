package dev.licet.domain;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * A task of this process that runs again and again on a thread of its own. A fault is logged, and
 * does not end it. What happens once for all processes is a {@link dev.licet.domain.job.Job}.
 */
public final class Recurring implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Recurring.class.getName());
  private static final long CLOSE_MILLIS = 500;

  private final Runnable task;
  private final Duration period;
  private final FirstWarning trouble;
  private final Thread thread;
  private volatile boolean closing;

  private Recurring(String name, Duration period, Runnable task) {
    this.period = period;
    this.task = task;
    this.trouble = new FirstWarning(LOG, name + " is tried again later: {0}");
    this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
  }

  /**
   * Starts a task.
   *
   * @param period from the end of one run to the start of the next; the first run is after one
   */
  public static Recurring start(String name, Duration period, Runnable task) {
    Recurring recurring = new Recurring(name, period, task);
    recurring.thread.start();
    return recurring;
  }

  private void run() {
    while (true) {
      LockSupport.parkNanos(this, period.toNanos());
      if (closing) {
        return;
      }
      try {
        task.run();
        trouble.worked();
      } catch (RuntimeException e) {
        trouble.failed(e);
      }
    }
  }

  /** Stops; waits for a run under way for at most half a second. */
  @Override
  public void close() {
    closing = true;
    LockSupport.unpark(thread);
    try {
      thread.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
