package dev.licet.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.domain.Caller;
import dev.licet.domain.Tenant;
import dev.licet.domain.account.Grant;
import dev.licet.domain.account.Quotas;
import dev.licet.domain.activation.DomainNames;
import dev.licet.domain.job.Job;
import dev.licet.domain.job.JobRunner;
import dev.licet.domain.license.Announcements;
import dev.licet.domain.license.ExpiresFrom;
import dev.licet.domain.license.License;
import dev.licet.domain.license.LicenseChanges;
import dev.licet.domain.license.LicenseChanges.Target;
import dev.licet.domain.license.LicenseIssuer;
import dev.licet.domain.license.LicenseStatus;
import dev.licet.domain.license.Term;
import dev.licet.domain.notice.QuotaNotices;
import dev.licet.names.GuavaPublicSuffixes;
import dev.licet.names.IcuIdna;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is told of the ends of licences, and when. */
@Timeout(120)
abstract class AnnouncementContract extends Contract {
  private static final Instant START = Fixture.NOW;
  private static final String EXPIRING = "license.expiring";
  private static final String EXPIRED = "license.expired";

  private final MovableClock clock = new MovableClock(START);
  private Tenant tenant;
  private Caller caller;
  private Job job;
  private LicenseChanges changes;

  @BeforeEach
  void prepare() {
    tenant = fixture.account("a");
    caller = new Caller(tenant, "key_1", Grant.ALL);
    job = announcing(30, 7, 1);
    Quotas quotas = new Quotas(new QuotaNotices(database.transactions(), fixture.ids, clock));
    LicenseIssuer issuer =
        new LicenseIssuer(
            database.transactions(),
            new SecureRandom(),
            new DomainNames(new IcuIdna(), new GuavaPublicSuffixes()),
            quotas,
            fixture.ids,
            clock);
    changes = new LicenseChanges(database.transactions(), issuer, quotas, fixture.ids, clock);
  }

  @Test
  void anEndIsAnnouncedAtItsMomentAndNeverAgain() throws SQLException {
    License license = ending(START.plusSeconds(2));
    runAt(license.term().expiresAt().minusMillis(1));
    assertEquals(List.of(EXPIRING), events(license));
    assertEquals(LicenseStatus.ACTIVE, stored(license).statusAt(clock.instant()));
    runAt(license.term().expiresAt());
    assertEquals(List.of(EXPIRING, EXPIRED), events(license));
    License after = stored(license);
    assertEquals(LicenseStatus.EXPIRED, after.storedStatus());
    assertEquals(license.version(), after.version(), "an If-Match is still good");
    assertEquals(license.updatedAt(), after.updatedAt());
    runAt(START.plus(Duration.ofDays(1)));
    runAt(START.plus(Duration.ofDays(400)));
    assertEquals(List.of(EXPIRING, EXPIRED), events(license));
  }

  @Test
  void whatComesBeforeAnEndIsAnnouncedOnceEach() throws SQLException {
    License license = ending(START.plus(Duration.ofDays(40)));
    List<Integer> days = new ArrayList<>();
    for (int hour = 0; hour <= 41 * 24; hour += 24) {
      int before = events(license).size();
      runAt(START.plus(Duration.ofHours(hour)));
      if (events(license).size() > before) {
        days.add(40 - hour / 24);
      }
    }
    assertEquals(List.of(30, 7, 1, 0), days);
    assertEquals(List.of(EXPIRING, EXPIRING, EXPIRING, EXPIRED), events(license));
  }

  @Test
  void aLicenseThatIsMadeInsideADistanceGetsTheNearestOnly() throws SQLException {
    License license = ending(START.plus(Duration.ofDays(5)));
    runAt(START);
    runAt(START.plusSeconds(60));
    assertEquals(List.of(EXPIRING), events(license));
    assertEquals(7, stored(license).term().announced());
    runAt(START.plus(Duration.ofDays(4)));
    assertEquals(1, stored(license).term().announced());
    assertEquals(List.of(EXPIRING, EXPIRING), events(license));
  }

  @Test
  void whatWasMissedWhileNobodyRanIsToldByItsNearestAlone() throws SQLException {
    License over = ending(START.plus(Duration.ofDays(35)));
    License near = ending(START.plus(Duration.ofDays(100)));
    runAt(START.plus(Duration.ofDays(96)));
    assertEquals(List.of(EXPIRED), events(over));
    assertEquals(List.of(EXPIRING), events(near));
    assertEquals(7, stored(near).term().announced());
  }

  @Test
  void aRenewalReinstatesAndBeginsAnew() throws SQLException {
    License license = ending(START.plus(Duration.ofDays(5)));
    runAt(START);
    runAt(START.plus(Duration.ofDays(5)));
    Instant end = START.plus(Duration.ofDays(15));
    changes.renewUntil(caller, new Target(license.id(), null), end);
    License renewed = stored(license);
    assertEquals(LicenseStatus.ACTIVE, renewed.storedStatus());
    assertNull(renewed.term().announced());
    runAt(clock.instant());
    runAt(end);
    assertEquals(List.of(EXPIRING, EXPIRED, "license.renewed", EXPIRING, EXPIRED), events(license));
  }

  @Test
  void aChangeThatLeavesTheEndLeavesWhatWasAnnounced() throws SQLException {
    License license = ending(START.plus(Duration.ofDays(5)));
    runAt(START);
    Target target = new Target(license.id(), null);
    changes.suspend(caller, target, null);
    changes.renewUntil(caller, target, license.term().expiresAt());
    changes.reinstate(caller, target, null);
    runAt(START.plusSeconds(1));
    assertEquals(
        Set.of(EXPIRING, "license.suspended", "license.renewed", "license.reinstated"),
        new HashSet<>(events(license)));
    assertEquals(1, Collections.frequency(events(license), EXPIRING));
  }

  @Test
  void aSuspendedLicenseIsAnnouncedWhenItIsReinstatedAndNotTwice() throws SQLException {
    License license = ending(START.plusSeconds(5));
    Target target = new Target(license.id(), null);
    changes.suspend(caller, target, null);
    runAt(START.plusSeconds(10));
    assertEquals(List.of("license.suspended"), events(license));
    changes.reinstate(caller, target, null);
    assertEquals(LicenseStatus.EXPIRED, stored(license).statusAt(clock.instant()));
    runAt(START.plusSeconds(11));
    changes.suspend(caller, target, null);
    runAt(START.plusSeconds(12));
    changes.reinstate(caller, target, null);
    runAt(START.plusSeconds(13));
    changes.reinstate(caller, target, null);
    assertEquals(1, Collections.frequency(events(license), EXPIRED), events(license)::toString);
    assertEquals(2, Collections.frequency(events(license), "license.reinstated"));
    assertEquals(LicenseStatus.EXPIRED, stored(license).storedStatus());
  }

  @Test
  void aClockThatWasAheadEndsNothingAndAnnouncesNothingTwice() throws SQLException {
    License license = ending(START.plus(Duration.ofHours(12)));
    runAt(START);
    runAt(START.plus(Duration.ofDays(1)));
    assertEquals(List.of(EXPIRING, EXPIRED), events(license));
    runAt(START.plusSeconds(60));
    License early = stored(license);
    assertEquals(LicenseStatus.ACTIVE, early.statusAt(clock.instant()));
    assertTrue(early.isUsableAt(clock.instant()));
    assertTrue(early.countsAt(clock.instant()));
    runAt(START.plus(Duration.ofHours(13)));
    assertEquals(LicenseStatus.EXPIRED, stored(license).statusAt(clock.instant()));
    assertEquals(List.of(EXPIRING, EXPIRED), events(license));
  }

  @Test
  void aClockThatGoesBackAnnouncesNothingTwice() throws SQLException {
    License license = ending(START.plus(Duration.ofDays(1)));
    runAt(START.plusSeconds(1));
    runAt(START.minus(Duration.ofHours(1)));
    runAt(START.plusSeconds(2));
    runAt(START.plus(Duration.ofDays(1)));
    runAt(START.plus(Duration.ofHours(23)));
    runAt(START.plus(Duration.ofHours(25)));
    assertEquals(List.of(EXPIRING, EXPIRED), events(license));
  }

  @Test
  void otherDistancesHoldForLicensesOfWhichSomethingWasAnnounced() throws SQLException {
    License license = ending(START.plus(Duration.ofDays(29)));
    runAt(START);
    job = announcing(14);
    runAt(START.plus(Duration.ofDays(14)));
    assertEquals(List.of(EXPIRING), events(license));
    runAt(START.plus(Duration.ofDays(15)));
    assertEquals(List.of(EXPIRING, EXPIRING), events(license));
    job = announcing();
    runAt(START.plus(Duration.ofDays(28)));
    runAt(START.plus(Duration.ofDays(29)));
    assertEquals(List.of(EXPIRING, EXPIRING, EXPIRED), events(license));
  }

  @Test
  void licensesWithoutAnEndAndRevokedOnesAreLeftAlone() throws SQLException {
    License forever = insert(new Term(ExpiresFrom.CREATION, null, null, null));
    License revoked = ending(START.plusSeconds(1));
    changes.revoke(caller, new Target(revoked.id(), null), null);
    runAt(START.plus(Duration.ofDays(3_000)));
    assertEquals(List.of(), events(forever));
    assertEquals(List.of("license.revoked"), events(revoked));
  }

  @Test
  void manyNodesAtOnceAnnounceEachOnce() throws Exception {
    List<License> licenses = new ArrayList<>();
    for (int i = 0; i < 230; i++) {
      licenses.add(ending(START.plusSeconds(i % 2)));
    }
    clock.set(START.plusSeconds(1));
    inParallel(
        6,
        no -> {
          JobRunner runner =
              new JobRunner(
                  database.transactions(),
                  clock,
                  System::nanoTime,
                  no,
                  List.of(job),
                  (name, took, items, failed) -> {});
          runner.register();
          while (isUrgentAt(clock.instant())) {
            runner.due().forEach(due -> runner.run(due, () -> false));
          }
        });
    for (License license : licenses) {
      assertEquals(List.of(EXPIRED), events(license));
    }
  }

  @Test
  void whoeverRenewsAtTheSameMomentWins() throws Exception {
    List<License> licenses = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      licenses.add(ending(START.plusSeconds(1)));
    }
    clock.set(START.plusSeconds(1));
    AtomicBoolean renewing = new AtomicBoolean(true);
    Instant end = START.plus(Duration.ofDays(500));
    try (ExecutorService sweeper = Executors.newSingleThreadExecutor()) {
      Future<?> sweep =
          sweeper.submit(() -> {
            while (renewing.get()) {
              fixture.run(job, clock.instant());
            }
            fixture.run(job, clock.instant());
          });
      inParallel(
          6,
          no -> {
            for (int i = (int) no - 1; i < licenses.size(); i += 6) {
              License license = licenses.get(i);
              Target asSeen = new Target(license.id(), Set.of(license.version()));
              changes.renewUntil(caller, asSeen, end);
            }
          });
      renewing.set(false);
      sweep.get();
    }
    for (License license : licenses) {
      assertEquals(LicenseStatus.ACTIVE, stored(license).storedStatus());
      List<String> events = events(license);
      assertEquals("license.renewed", events.getLast(), events::toString);
      assertTrue(
          events.equals(List.of("license.renewed"))
              || events.equals(List.of(EXPIRED, "license.renewed")),
          events::toString);
    }
  }

  @Test
  void nothingIsUrgentUntilSomethingIsDue() {
    License license = ending(START.plus(Duration.ofDays(31)));
    assertFalse(isUrgentAt(START));
    assertTrue(isUrgentAt(START.plus(Duration.ofDays(1))));
    fixture.run(job, START.plus(Duration.ofDays(1)));
    assertFalse(isUrgentAt(START.plus(Duration.ofDays(1))));
    assertTrue(isUrgentAt(license.term().expiresAt()));
  }

  private Job announcing(Integer... days) {
    return new Announcements(List.of(days), fixture.ids).job();
  }

  private boolean isUrgentAt(Instant now) {
    return database.transactions().read(stores -> job.probe().isUrgent(stores, now));
  }

  private void runAt(Instant now) {
    clock.set(now);
    fixture.run(job, now);
  }

  private License ending(Instant end) {
    return insert(new Term(ExpiresFrom.CREATION, null, end, null));
  }

  private License insert(Term term) {
    License license = fixture.license(tenant, "KEY-" + fixture.ids.next("key")).with(term);
    return database.transactions().write(stores -> stores.licenses().insert(license)).orElseThrow();
  }

  private License stored(License license) {
    return database
        .transactions()
        .read(stores -> stores.licenses().find(license.no()))
        .orElseThrow();
  }

  /** The types of a licence's events, in the order in which they were written. */
  private List<String> events(License license) throws SQLException {
    try (Connection connection = backend.connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT type FROM outbox_events WHERE license_no = "
                    + license.no()
                    + " ORDER BY no")) {
      List<String> types = new ArrayList<>();
      while (row.next()) {
        types.add(row.getString(1));
      }
      return types;
    }
  }

  private interface Part {
    void run(long no) throws Exception;
  }

  private static void inParallel(int parts, Part part) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(parts)) {
      List<Future<?>> running = new ArrayList<>();
      for (long no = 1; no <= parts; no++) {
        long number = no;
        running.add(
            threads.submit(() -> {
              part.run(number);
              return true;
            }));
      }
      for (Future<?> one : running) {
        one.get();
      }
    }
  }
}
