package dev.licet;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;

/** Runs a bounded number of tasks at once, and rejects those beyond it. */
final class BoundedExecutor implements Executor {
  private final Executor executor;
  private final Semaphore room;

  BoundedExecutor(Executor executor, int maxTasks) {
    this.executor = executor;
    this.room = new Semaphore(maxTasks);
  }

  /**
   * Runs a task.
   *
   * @throws RejectedExecutionException when there are too many already
   */
  @Override
  public void execute(Runnable task) {
    if (!room.tryAcquire()) {
      throw new RejectedExecutionException("too many tasks");
    }
    boolean handedOver = false;
    try {
      executor.execute(() -> run(task));
      handedOver = true;
    } finally {
      if (!handedOver) {
        room.release();
      }
    }
  }

  private void run(Runnable task) {
    try {
      task.run();
    } finally {
      room.release();
    }
  }
}
