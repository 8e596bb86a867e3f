package dev.licet.system;

import dev.licet.TestClient;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One who creates a license after the other, and looks how long each takes. */
final class Writer implements AutoCloseable {
  private static final int PAUSE_MILLIS = 20;
  private static final String LICENSE =
      "{\"plan\": \"starter\", \"customer_email\": \"writer@example.com\"}";

  private final TestClient api;
  private final Set<Integer> statuses = ConcurrentHashMap.newKeySet();
  private final Thread thread;
  private volatile boolean stopped;
  private volatile long writtenAt = System.nanoTime();
  private volatile long slowestNanos;

  Writer(TestClient api) {
    this.api = api;
    this.thread = Thread.startVirtualThread(this::run);
  }

  private void run() {
    try {
      while (!stopped) {
        long start = System.nanoTime();
        int status = api.post("/api/v1/licenses", LICENSE).status();
        long end = System.nanoTime();
        statuses.add(status);
        slowestNanos = Math.max(slowestNanos, end - start);
        writtenAt = status == 201 ? end : writtenAt;
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** When it last created one. */
  long writtenAt() {
    return writtenAt;
  }

  long slowestMillis() {
    return slowestNanos / 1_000_000;
  }

  Set<Integer> statuses() {
    return statuses;
  }

  void stop() throws InterruptedException {
    stopped = true;
    thread.join();
  }

  @Override
  public void close() {
    stopped = true;
  }
}
