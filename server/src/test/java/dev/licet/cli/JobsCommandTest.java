package dev.licet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.TestDatabase;
import dev.licet.TestServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code licet jobs} on the database of a server that runs, and what that says of its jobs. */
class JobsCommandTest {
  private static final List<String> JOBS =
      List.of(
          "account-purge",
          "change-feed",
          "checkout-events",
          "sla-hours",
          "customer-erasure",
          "consumptions",
          "deleted-checkouts",
          "delivery-retention",
          "events",
          "idempotent-answers",
          "lapsed-seats",
          "license-expiry",
          "mail",
          "retired-keys",
          "seat-releases",
          "suspicious-licenses",
          "usage-networks",
          "usage-nodes",
          "usage-records",
          "usage-sums",
          "webhook-removal",
          "webhook-replay");
  private static final long PATIENCE_NANOS = 10_000_000_000L;

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void allJobsAreSeenBesideTheServerAndInItsMetrics(TestDatabase database) throws Exception {
    try (TestServer server = TestServer.start(database)) {
      long deadline = System.nanoTime() + PATIENCE_NANOS;
      String jobs = jobs(server);
      while (jobs.lines().filter(line -> line.matches(".* waiting +2\\d{3}-.*")).count()
              < JOBS.size()
          && System.nanoTime() < deadline) {
        Thread.sleep(100);
        jobs = jobs(server);
      }
      String metrics = server.client().get("/metrics").expect(200).text();
      for (String job : JOBS) {
        assertTrue(jobs.contains("\n" + job + " "), jobs);
        assertTrue(metrics.contains("licet_job_failures{job=\"" + job + "\"} 0.0"), metrics);
        assertTrue(metrics.contains("licet_job_last_run_seconds{job=\"" + job + "\"} "), metrics);
        assertTrue(
            metrics.contains("licet_job_run_seconds_count{job=\"" + job + "\",outcome=\"done\"}"),
            metrics);
      }
      assertEquals(JOBS.size() + 2, jobs.lines().count(), jobs);
    }
  }

  private String jobs(TestServer server) {
    return Run.of(server.environment(), folder, "jobs").expect(0).output();
  }
}
