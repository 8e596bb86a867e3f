package dev.licet;

import java.lang.System.Logger.Level;
import java.time.Duration;

/** Closes the parts of a server one after the other, none for longer than its share of the time. */
final class Closing {
  private static final System.Logger LOG = System.getLogger(Closing.class.getName());

  private Closing() {}

  /** Runs what closes a part; after {@code limit} interrupts it and goes on. */
  static void within(Duration limit, String part, Runnable close) {
    Thread closer = Thread.ofPlatform().name("close-" + part).daemon().start(close);
    try {
      if (!closer.join(limit)) {
        LOG.log(Level.WARNING, "{0} did not close within {1}", part, limit);
        closer.interrupt();
      }
    } catch (InterruptedException e) {
      closer.interrupt();
      Thread.currentThread().interrupt();
    }
  }
}
