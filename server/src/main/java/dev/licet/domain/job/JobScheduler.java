package dev.licet.domain.job;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** Looks for due jobs four times a second, and runs each on a thread of its own. */
public final class JobScheduler implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(JobScheduler.class.getName());

  private static final long TICK_NANOS = 250_000_000L;
  private static final Duration CLOSE = Duration.ofMillis(600);

  private final JobRunner runner;
  private final Thread ticker;
  private final Map<String, Thread> running = new ConcurrentHashMap<>();

  private volatile boolean closing;
  private boolean blind;

  private JobScheduler(JobRunner runner) {
    this.runner = runner;
    this.ticker = Thread.ofPlatform().name("jobs").daemon().unstarted(this::run);
  }

  /** Makes the jobs known and begins to run them. */
  public static JobScheduler start(JobRunner runner) {
    runner.register();
    JobScheduler scheduler = new JobScheduler(runner);
    scheduler.ticker.start();
    return scheduler;
  }

  /** The jobs as they were at the last look, by name. */
  public List<JobState> seen() {
    return runner.seen();
  }

  private void run() {
    while (!closing) {
      try {
        runner.due().forEach(this::launch);
        blind = false;
      } catch (RuntimeException e) {
        report(e);
      }
      LockSupport.parkNanos(this, TICK_NANOS);
    }
  }

  private void report(RuntimeException fault) {
    if (!blind) {
      LOG.log(Level.WARNING, "jobs wait for the database: {0}", fault.toString());
    }
    blind = true;
  }

  private void launch(JobRunner.Due due) {
    String name = due.job().name();
    if (closing || running.containsKey(name)) {
      return;
    }
    Thread thread = Thread.ofVirtual().name("job-" + name).unstarted(() -> run(due));
    running.put(name, thread);
    thread.start();
  }

  private void run(JobRunner.Due due) {
    try {
      runner.run(due, () -> closing);
    } catch (RuntimeException e) {
      LOG.log(
          Level.WARNING,
          "the job {0} is taken up again later: {1}",
          due.job().name(),
          e.toString());
    } finally {
      running.remove(due.job().name());
    }
  }

  /** Stops; runs under way end after their batch, for which this waits a moment. */
  @Override
  public void close() {
    closing = true;
    LockSupport.unpark(ticker);
    long deadline = System.nanoTime() + CLOSE.toNanos();
    try {
      ticker.join(CLOSE);
      for (Thread run : List.copyOf(running.values())) {
        run.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
