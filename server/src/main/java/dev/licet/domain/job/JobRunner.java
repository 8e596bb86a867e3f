package dev.licet.domain.job;

import dev.licet.domain.Recurring;
import dev.licet.domain.Stores;
import dev.licet.domain.Transactions;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One node's part in the jobs: sees which may run here now, and runs them on the caller's thread.
 *
 * <p>A job is taken, kept and given back by replacing the version of its row that was seen. Each
 * batch does so in its own transaction: one whose job another node has taken over meanwhile does
 * nothing.
 */
public final class JobRunner {
  private static final System.Logger LOG = System.getLogger(JobRunner.class.getName());

  private static final int LOST = -1;

  /** While a job is surveyed, it is said so often that this node still has it. */
  private static final Duration KEEP = Duration.ofMillis(500);

  private final Transactions transactions;
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private final long nodeNo;
  private final Map<String, Job> jobs;
  private final JobListener listener;
  private final JobWatch watch = new JobWatch();

  private volatile List<JobState> seen = List.of();

  /**
   * @param nanoTime this process's own time, such as {@link System#nanoTime}
   * @param nodeNo the number by which others know this process
   */
  public JobRunner(
      Transactions transactions,
      InstantSource clock,
      LongSupplier nanoTime,
      long nodeNo,
      List<Job> jobs,
      JobListener listener) {
    this.transactions = transactions;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.nodeNo = nodeNo;
    this.jobs = jobs.stream().collect(Collectors.toMap(Job::name, Function.identity()));
    this.listener = listener;
  }

  /** A job that may run here now, as it was seen. */
  public record Due(Job job, JobState state) {}

  /** Makes the jobs known to the installation. */
  public void register() {
    Instant now = clock.instant();
    transactions.run(stores ->
        jobs.keySet().forEach(name -> stores.jobs().addIfAbsent(JobState.initial(name, now))));
  }

  /** The jobs as they were at the last look, by name. */
  public List<JobState> seen() {
    return seen;
  }

  /** Looks at the jobs. For one thread; the more often it looks, the sooner a job runs. */
  public List<Due> due() {
    Instant now = clock.instant();
    long nowNanos = nanoTime.getAsLong();
    return transactions.read(stores -> {
      List<JobState> states = stores.jobs().all();
      seen = states;
      List<Due> due = new ArrayList<>();
      for (JobState state : states) {
        Job job = jobs.get(state.name());
        if (job != null
            && (watch.isFree(state, now, nowNanos)
                || (isResting(state) && job.probe().isUrgent(stores, now)))) {
          due.add(new Due(job, state));
        }
      }
      return due;
    });
  }

  /** After a fault even what is urgent waits. */
  private static boolean isResting(JobState state) {
    return state.holder() == null && state.failures() == 0;
  }

  /**
   * Runs a job to its end, unless another node was first.
   *
   * @param stop asked between two batches; what is left then, any node may do at once
   */
  public void run(Due due, BooleanSupplier stop) {
    JobState taken = due.state().taken(nodeNo, clock.instant());
    if (transactions.write(stores -> stores.jobs().replace(due.state(), taken))) {
      new Run(due.job(), taken).toItsEnd(stop);
    }
  }

  /** A job that this node has taken. */
  private final class Run {
    private final Job job;
    private final long beginNanos = nanoTime.getAsLong();
    private volatile JobState state;
    private long items;
    private List<Job.Task> tasks = List.of();

    Run(Job job, JobState taken) {
      this.job = job;
      this.state = taken;
    }

    void toItsEnd(BooleanSupplier stop) {
      try {
        survey();
        int done;
        do {
          done = batch();
          if (done == LOST) {
            LOG.log(Level.INFO, "another node has taken the job {0} over", job.name());
            return;
          }
        } while (done >= job.batch() && !stop.getAsBoolean());
        Duration rest = done >= job.batch() ? Duration.ZERO : job.every();
        end(state.done(clock.instant(), took(), items, rest), null);
      } catch (RuntimeException e) {
        end(state.failed(clock.instant(), took(), items, e.toString()), e);
      }
    }

    private void survey() {
      Job.Survey survey = job.survey();
      if (survey != null) {
        try (Recurring _ = Recurring.start("job-" + job.name(), KEEP, this::keep)) {
          tasks = survey.look(transactions, clock.instant());
        }
      }
    }

    private void keep() {
      JobState next = state.going(0);
      if (transactions.write(stores -> stores.jobs().replace(state, next))) {
        state = next;
      }
    }

    private int batch() {
      JobState next = state.going(items);
      int done =
          transactions.write(
              stores -> stores.jobs().replace(state, next) ? step(stores, clock.instant()) : LOST);
      if (done != LOST) {
        state = next;
        items += done;
      }
      return done;
    }

    private int step(Stores stores, Instant now) {
      if (job.survey() == null) {
        return job.step().run(stores, now, job.batch());
      }
      int first = (int) items; // as many tasks are done
      List<Job.Task> some = tasks.subList(first, Math.min(tasks.size(), first + job.batch()));
      some.forEach(task -> task.run(stores, now));
      return some.size();
    }

    private void end(JobState ended, @Nullable RuntimeException fault) {
      listener.ran(job.name(), ended.took(), items, fault != null);
      if (fault != null) {
        LOG.log(
            Level.WARNING,
            "the job {0} failed and is tried again after {1}: {2}",
            job.name(),
            ended.rest(),
            fault.toString());
      }
      transactions.run(stores -> stores.jobs().replace(state, ended));
    }

    private Duration took() {
      return Duration.ofNanos(nanoTime.getAsLong() - beginNanos);
    }
  }
}
