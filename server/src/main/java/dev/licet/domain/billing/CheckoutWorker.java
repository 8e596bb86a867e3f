package dev.licet.domain.billing;

import dev.licet.domain.FirstWarning;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Applies stored events on a thread of its own: at once when this process has stored one, and each
 * second what others have left. Events are locked while they are applied, so that every node may do
 * this.
 */
public final class CheckoutWorker implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(CheckoutWorker.class.getName());
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration CLOSE = Duration.ofMillis(500);

  private final CheckoutWork work;
  private final Semaphore woken = new Semaphore(0);
  private final FirstWarning trouble =
      new FirstWarning(LOG, "checkout events are looked at again later: {0}");
  private final Thread thread;
  private volatile boolean closing;

  public CheckoutWorker(CheckoutWork work) {
    this.work = work;
    this.thread = Thread.ofPlatform().name("checkout").daemon().unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  /** There is something to apply. */
  public void wake() {
    woken.release();
  }

  private void run() {
    while (!closing) {
      try {
        int applied = work.run();
        trouble.worked();
        if (applied == 0) {
          woken.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS);
          woken.drainPermits();
        }
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        trouble.failed(e);
        woken.drainPermits();
        rest();
      }
    }
  }

  private static void rest() {
    try {
      Thread.sleep(LOOK);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Stops; waits for an event under way for at most half a second. */
  @Override
  public void close() {
    closing = true;
    wake();
    try {
      thread.join(CLOSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
