package dev.licet.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.licet.domain.StoreUnavailableException;
import dev.licet.domain.Stores;
import dev.licet.domain.Transactions;
import dev.licet.domain.job.Job;
import dev.licet.domain.job.Retention;
import dev.licet.domain.sla.ServiceLevels;
import dev.licet.domain.sla.SlaReport;
import dev.licet.domain.sla.SlaReport.Level;
import dev.licet.domain.sla.SlaReports;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How well nodes served, and who says so. */
@Timeout(60)
abstract class SlaContract extends Contract {
  private final MovableClock clock = new MovableClock(Instant.parse("2026-05-01T10:00:00Z"));
  private ServiceLevels one;
  private ServiceLevels other;
  private boolean oneIsWell = true;
  private boolean databaseIsAway;

  @BeforeEach
  void prepare() {
    one = new ServiceLevels(new Away(), clock, 1, () -> oneIsWell);
    other = new ServiceLevels(database.transactions(), clock, 2, () -> true);
  }

  @Test
  void aServerThatIsDownIsFoundByItsMissingChecks() {
    run(Duration.ofMinutes(30), one);
    run(Duration.ofMinutes(6));
    run(Duration.ofMinutes(24), one);
    one.flush();
    Level level = report(other, 1).total();
    assertEquals(360, level.expected());
    assertEquals(324, level.passed());
    assertEquals(0, level.failed());
    assertEquals(0.9, level.availability());
  }

  @Test
  void whatOneNodeFailsAnotherMakesUpFor() {
    run(Duration.ofMinutes(10), one, other);
    oneIsWell = false;
    run(Duration.ofMinutes(10), one, other);
    run(Duration.ofMinutes(10), one);
    one.flush();
    other.flush();
    Level level = report(one, 1).total();
    assertEquals(180, level.expected());
    assertEquals(120, level.passed());
    assertEquals(120, level.failed());
  }

  @Test
  void nodesAddUpAndCountOnceWhateverIsWritten() {
    for (int i = 1; i <= 1_000; i++) {
      (i % 2 == 0 ? one : other).answered(Duration.ofMillis(i).toNanos());
    }
    one.failed();
    other.flush();
    Level before = report(one, 1).total();
    one.flush();
    one.flush();
    assertEquals(before, report(one, 1).total());
    assertEquals(before, report(other, 1).total());
    assertEquals(1_000, before.answered());
    assertEquals(1.0 / 1_001, before.errorRate());
    assertEquals(500, before.latency().p50().toMillis(), 500 / 16.0);
    assertEquals(990, before.latency().p99().toMillis(), 990 / 16.0);
    SlaReports reports = new SlaReports(database.transactions(), other, clock);
    Instant now = clock.instant();
    assertEquals(1_000, reports.latencies(now.minusSeconds(3_600), now.plusSeconds(1)).total());
    assertEquals(0, reports.latencies(now.minusSeconds(9_000), now.minusSeconds(3_600)).total());
  }

  @Test
  void daysAreThoseOfUtcAndTheFirstBeginsWithTheFirstCheck() {
    clock.set(Instant.parse("2026-04-30T23:59:00Z"));
    run(Duration.ofMinutes(3), one);
    one.answered(1);
    one.flush();
    SlaReport report = report(one, 3);
    assertEquals(LocalDate.parse("2026-05-01"), report.days().getLast().date());
    assertEquals(Instant.parse("2026-04-29T00:00:00Z"), report.from());
    assertEquals(0, report.days().get(0).level().expected());
    assertNull(report.days().get(0).level().availability());
    assertNull(report.days().get(0).level().latency());
    assertEquals(6, report.days().get(1).level().expected());
    assertEquals(12, report.days().get(2).level().passed());
    assertEquals(18, report.total().passed());
    assertEquals(1, report.days().get(2).level().answered());
  }

  @Test
  void whatHappenedWhileTheDatabaseWasAwayIsOnRecordAfterwards() {
    run(Duration.ofMinutes(10), one);
    one.flush();
    databaseIsAway = true;
    oneIsWell = false;
    run(Duration.ofHours(3), one);
    assertThrows(StoreUnavailableException.class, one::flush);
    databaseIsAway = false;
    oneIsWell = true;
    run(Duration.ofMinutes(10), one);
    one.flush();
    Level level = report(other, 1).total();
    assertEquals(1_200, level.expected());
    assertEquals(120, level.passed());
    assertEquals(1_080, level.failed());
  }

  @Test
  void hoursGoAfterAHundredDays() {
    run(Duration.ofMinutes(1), one, other);
    one.flush();
    other.flush();
    Job job =
        Retention.jobs(Duration.ofDays(90)).stream()
            .filter(each -> each.name().equals("sla-hours"))
            .findFirst()
            .orElseThrow();
    fixture.run(job, clock.instant().plus(Duration.ofDays(100)));
    assertEquals(10, firstHour());
    fixture.run(job, clock.instant().plus(Duration.ofDays(100)).plus(Duration.ofHours(1)));
    assertEquals(-1, firstHour());
  }

  private long firstHour() {
    return database
        .transactions()
        .read(stores ->
            stores.sla().firstHour().stream().map(hour -> hour % 24).findFirst().orElse(-1));
  }

  private SlaReport report(ServiceLevels asked, int days) {
    return new SlaReports(database.transactions(), asked, clock).last(days);
  }

  /** Lets time pass while some nodes run. */
  private void run(Duration time, ServiceLevels... nodes) {
    for (int second = 0; second < time.toSeconds(); second += 5) {
      for (ServiceLevels node : nodes) {
        node.tick();
      }
      clock.advance(Duration.ofSeconds(5));
    }
  }

  /** The database, which is away at times. */
  private final class Away implements Transactions {
    @Override
    public <T> T read(Function<Stores, T> work) {
      return database.transactions().read(work);
    }

    @Override
    public <T> T report(Function<Stores, T> work) {
      return database.transactions().report(work);
    }

    @Override
    public <T> T write(Function<Stores, T> work) {
      if (databaseIsAway) {
        throw new StoreUnavailableException("away", null);
      }
      return database.transactions().write(work);
    }

    @Override
    public <T> T joined(Function<Stores, T> work) {
      return database.transactions().joined(work);
    }
  }
}
