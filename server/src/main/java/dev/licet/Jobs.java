package dev.licet;

import dev.licet.config.Settings;
import dev.licet.domain.Transactions;
import dev.licet.domain.account.AccountPurge;
import dev.licet.domain.activation.LapsedSeats;
import dev.licet.domain.anomaly.SuspicionJob;
import dev.licet.domain.billing.CheckoutJobs;
import dev.licet.domain.delivery.DeliveryJobs;
import dev.licet.domain.id.Ids;
import dev.licet.domain.job.Job;
import dev.licet.domain.job.JobListener;
import dev.licet.domain.job.JobRunner;
import dev.licet.domain.job.JobScheduler;
import dev.licet.domain.job.JobState;
import dev.licet.domain.job.Retention;
import dev.licet.domain.license.Announcements;
import dev.licet.domain.mail.MailWork;
import dev.licet.domain.privacy.ErasureJob;
import dev.licet.domain.usage.UsageJobs;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The recurring work of the installation, and what {@code /metrics} says of it. */
final class Jobs {
  private Jobs() {}

  /** Begins to take part in the jobs. */
  static JobScheduler start(
      Transactions transactions,
      InstantSource clock,
      long nodeNo,
      List<Job> jobs,
      MeterRegistry registry) {
    JobRunner runner =
        new JobRunner(transactions, clock, System::nanoTime, nodeNo, jobs, new RunMeters(registry));
    jobs.forEach(job -> register(registry, runner, job.name()));
    return JobScheduler.start(runner);
  }

  /** All that there are. */
  static List<Job> all(Settings settings, Ids ids) {
    List<Job> jobs = new ArrayList<>(Retention.jobs(settings.eventsRetention()));
    jobs.addAll(UsageJobs.all(settings.usageRetention()));
    jobs.add(new LapsedSeats(ids).job());
    jobs.add(new SuspicionJob(ids).job());
    jobs.addAll(DeliveryJobs.all(settings.eventsRetention()));
    jobs.add(MailWork.retention(settings.eventsRetention()));
    jobs.addAll(CheckoutJobs.all(settings.eventsRetention()));
    jobs.add(new Announcements(settings.licenseExpiringDays(), ids).job());
    jobs.add(new ErasureJob(ids).job());
    jobs.add(new AccountPurge().job());
    return jobs;
  }

  /** What all nodes say alike, read off the state that they share. */
  @SuppressWarnings("resource") // the registry closes it
  private static void register(MeterRegistry registry, JobRunner runner, String job) {
    Tags tags = Tags.of("job", job);
    registry.gauge(
        "licet.job.failures", tags, runner, it -> read(it, job, state -> state.failures()));
    registry.gauge(
        "licet.job.running",
        tags,
        runner,
        it -> read(it, job, state -> state.holder() == null ? 0 : 1));
    TimeGauge.builder(
            "licet.job.last.run",
            runner,
            TimeUnit.SECONDS,
            it -> read(it, job, state -> seconds(state.finishedAt())))
        .tags(tags)
        .description("When the last run ended, in seconds since 1970")
        .register(registry);
    TimeGauge.builder(
            "licet.job.next.run",
            runner,
            TimeUnit.SECONDS,
            it -> read(it, job, state -> seconds(state.nextRunAt())))
        .tags(tags)
        .description("When the next run is due, in seconds since 1970")
        .register(registry);
  }

  private static double read(JobRunner runner, String job, ToDoubleFunction<JobState> value) {
    return runner.seen().stream()
        .filter(state -> state.name().equals(job))
        .mapToDouble(value)
        .findFirst()
        .orElse(Double.NaN);
  }

  private static double seconds(@Nullable Instant time) {
    return time == null ? Double.NaN : time.toEpochMilli() / 1_000.0;
  }

  /** What this node has run. */
  private record RunMeters(MeterRegistry registry) implements JobListener {
    @Override
    public void ran(String job, Duration took, long items, boolean failed) {
      registry
          .timer("licet.job.run", "job", job, "outcome", failed ? "failed" : "done")
          .record(took);
      registry.counter("licet.job.items", "job", job).increment((double) items);
    }
  }
}
