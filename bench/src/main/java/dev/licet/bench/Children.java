package dev.licet.bench;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The processes that this JVM has started and that must not outlive it; only SIGKILL of the JVM
 * leaves them behind.
 */
final class Children {
  private static final int STOPPING_SECONDS = 15;
  private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(Children::stop)));
  }

  private Children() {}

  static Process watch(Process process) {
    RUNNING.add(process);
    var _ = process.onExit().thenAccept(RUNNING::remove);
    return process;
  }

  /** Asks the process to end and waits; the exit code, or -1 if it had to be killed. */
  static int stop(Process process) {
    process.destroy();
    try {
      if (process.waitFor(STOPPING_SECONDS, TimeUnit.SECONDS)) {
        return process.exitValue();
      }
      process.destroyForcibly().waitFor();
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    return -1;
  }
}
