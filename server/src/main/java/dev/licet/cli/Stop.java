package dev.licet.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * The wish to stop. The first signal stops a server that is up in good order; one that is not up
 * yet has promised nothing, so the process just exits. The second signal does not wait.
 */
final class Stop {
  /** How long a server may take to close: its own bound is 8 s, the process must be gone in 10. */
  static final Duration PATIENCE = Duration.ofSeconds(9);

  private final CountDownLatch wish = new CountDownLatch(1);
  private boolean up;
  private int signals;

  synchronized void signal() {
    signals++;
    if (signals > 1) {
      Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
    }
    if (!up) {
      // Not here: the exit waits for its hooks, and they may wait for this lock.
      Thread.ofPlatform().name("exit").start(() -> System.exit(ExitCode.OK));
    }
    wish.countDown();
  }

  synchronized void serverIsUp() {
    up = true;
  }

  void await() throws InterruptedException {
    wish.await();
  }
}
