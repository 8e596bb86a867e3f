package dev.licet;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Closes the parts of a server one after the other, none for longer than its share of the time. */
final class Closing {
  private static final System.Logger LOG = System.getLogger(Closing.class.getName());

  private Closing() {}

  /** Runs what closes a part; after {@code limit} interrupts it and goes on. */
  static void within(Duration limit, String part, Runnable close) {
    within(limit, Map.of(part, close));
  }

  /** Closes parts that do not need one another beside each other, all within {@code limit}. */
  static void within(Duration limit, Map<String, Runnable> parts) {
    long end = System.nanoTime() + limit.toNanos();
    Map<String, Thread> closers = new LinkedHashMap<>();
    parts.forEach((part, close) ->
        closers.put(part, Thread.ofPlatform().name("close-" + part).daemon().start(close)));
    closers.forEach((part, closer) -> await(closer, end - System.nanoTime(), part));
  }

  private static void await(Thread closer, long nanos, String part) {
    try {
      if (!closer.join(Duration.ofNanos(Math.max(0, nanos)))) {
        LOG.log(Level.WARNING, "{0} did not close in time", part);
        closer.interrupt();
      }
    } catch (InterruptedException e) {
      closer.interrupt();
      Thread.currentThread().interrupt();
    }
  }
}
