package dev.licet.store.sql;

import dev.licet.domain.StoreUnavailableException;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Room for reads that take long: half of the connections that read, so that validations always find
 * one. Who finds none waits in turn.
 */
public final class ReportRoom {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Semaphore places;

  /**
   * @param readers connections that read
   */
  public ReportRoom(int readers) {
    places = new Semaphore(Math.max(1, readers / 2), true);
  }

  /**
   * Does {@code work} when there is room.
   *
   * @throws RejectedExecutionException when there is none for ten seconds
   */
  public <T> T during(Supplier<T> work) {
    try {
      if (!places.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new RejectedExecutionException("other reports take long");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreUnavailableException("interrupted while waiting for the database", e);
    }
    try {
      return work.get();
    } finally {
      places.release();
    }
  }
}
