package dev.licet.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.domain.FailureException;
import dev.licet.domain.Stores;
import dev.licet.domain.Tenant;
import dev.licet.domain.account.Account;
import dev.licet.domain.account.Quota;
import dev.licet.domain.account.Quotas;
import dev.licet.domain.activation.SeatKind;
import dev.licet.domain.event.EventFilter;
import dev.licet.domain.event.RecordedEvent;
import dev.licet.domain.license.License;
import dev.licet.domain.license.LicenseStatus;
import dev.licet.domain.notice.LimitNotices;
import dev.licet.domain.notice.LimitReached;
import dev.licet.domain.notice.QuotaNotices;
import dev.licet.store.Database;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Limits and quotas are told of, and not too often, whatever the number of nodes. */
@Timeout(60)
abstract class NoticesContract extends Contract {
  private static final String KEY = "AAAABBBBCCCCDDDD";

  private final MovableClock clock = new MovableClock(Fixture.NOW);

  @Test
  void aLimitIsToldOnceAnHourForEachKind() {
    License license = fixture.insert(fixture.account("one"), KEY);
    fixture.insert(license, SeatKind.DOMAIN, "a.example");
    LimitNotices notices = limits(database);
    for (int i = 0; i < 3; i++) {
      notices.reached(LimitReached.seats(license.no(), SeatKind.DOMAIN));
      notices.reached(LimitReached.seats(license.no(), SeatKind.DEVICE));
      notices.reached(LimitReached.counter(license.no(), "exports"));
      notices.flush();
    }
    assertEquals(3, events(license.tenant()).size());
    String data = String.join("\n", data(license.tenant()));
    assertTrue(data.contains("\"limit\":{\"kind\":\"device\",\"max\":10000,\"used\":0}"), data);
    assertTrue(data.contains("\"limit\":{\"kind\":\"domain\",\"max\":3,\"used\":1}"), data);
    assertTrue(data.contains("\"limit\":{\"kind\":\"counter\",\"name\":\"exports\"}"), data);
    assertFalse(data.contains(KEY), data);
    clock.advance(Duration.ofMinutes(59));
    tellDomain(notices, license);
    assertEquals(3, events(license.tenant()).size());
    clock.advance(Duration.ofMinutes(1));
    tellDomain(notices, license);
    assertEquals(4, events(license.tenant()).size());
  }

  @Test
  void aClockThatGoesBackTellsNothingTwice() {
    License license = fixture.insert(fixture.account("one"), KEY);
    tellDomain(limits(database), license);
    clock.advance(Duration.ofHours(-1));
    tellDomain(limits(database), license);
    assertEquals(1, events(license.tenant()).size());
  }

  @Test
  void ofManyNodesOneTells() throws InterruptedException {
    License license = fixture.insert(fixture.account("one"), KEY);
    atOnce(() -> tellDomain(limits(database), license));
    assertEquals(1, events(license.tenant()).size());
  }

  @Test
  void aLicenseThatIsGoneIsNotToldOf() {
    LimitNotices notices = limits(database);
    notices.reached(LimitReached.seats(4_711, SeatKind.DOMAIN));
    notices.flush();
    notices.flush();
  }

  @Test
  void aLicenseThatCannotBeReadKeepsNoOtherFromBeingToldOf() throws SQLException {
    License license = fixture.insert(fixture.account("one"), KEY);
    License broken = fixture.insert(fixture.account("two"), KEY + "2");
    fixture.breakKey(backend, broken, license);
    LimitNotices notices = limits(database);
    for (SeatKind kind : SeatKind.values()) {
      notices.reached(LimitReached.seats(broken.no(), kind));
      notices.reached(LimitReached.seats(license.no(), kind));
    }
    notices.flush();
    notices.flush();
    assertEquals(2, events(license.tenant()).size());
    assertEquals(0, events(broken.tenant()).size());
  }

  @Test
  void aMonthIsWarnedOfAtFourFifthsAndToldOfWhenItIsUsedUp() {
    Tenant tenant = account(new Quota(null, 10L, Quota.OverQuota.ALLOW));
    used(tenant, 1, 4);
    used(tenant, 2, 3);
    quotas(database).run();
    assertEquals(List.of(), events(tenant));
    used(tenant, 2, 4);
    quotas(database).run();
    quotas(database).run();
    assertEquals(List.of("quota.warning"), events(tenant));
    assertTrue(
        data(tenant)
            .getFirst()
            .contains(
                "\"quota\":{\"name\":\"max_validations_per_month\",\"limit\":10,\"used\":8,"
                    + "\"month\":\"2026-05\"}"),
        () -> data(tenant).toString());
    used(tenant, 2, 6);
    quotas(database).run();
    quotas(database).run();
    assertEquals(List.of("quota.exceeded", "quota.warning"), events(tenant));
    clock.advance(Duration.ofDays(31));
    quotas(database).run();
    assertEquals(2, events(tenant).size());
  }

  @Test
  void ofManyNodesOneTellsOfAMonth() throws InterruptedException {
    Tenant tenant = account(new Quota(null, 10L, Quota.OverQuota.REFUSE));
    used(tenant, 1, 10);
    atOnce(() -> quotas(database).run());
    assertEquals(Set.of("quota.exceeded", "quota.warning"), Set.copyOf(events(tenant)));
    assertEquals(2, events(tenant).size());
  }

  @Test
  void licensesAreWarnedOfEachTimeFourFifthsArePassed() {
    Tenant tenant = account(new Quota(5, null, Quota.OverQuota.REFUSE));
    QuotaNotices notices = quotas(database);
    List<License> licenses = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      licenses.add(add(notices, tenant, KEY + i));
      assertEquals(i < 3 ? 0 : 1, events(tenant).size());
    }
    revoke(licenses.get(0));
    revoke(licenses.get(1));
    add(notices, tenant, KEY + "5");
    assertEquals(List.of("quota.warning", "quota.warning"), events(tenant));
  }

  @Test
  void aRefusedLicenseIsToldOfOnceUntilThereIsRoomAgain() {
    Tenant tenant = account(new Quota(1, null, Quota.OverQuota.REFUSE));
    QuotaNotices notices = quotas(database);
    License first = add(notices, tenant, KEY);
    for (int i = 0; i < 2; i++) {
      assertThrows(FailureException.class, () -> add(notices, tenant, KEY + "2"));
      notices.run();
      quotas(database).run();
    }
    assertEquals(List.of("quota.exceeded", "quota.warning"), events(tenant));
    revoke(first);
    add(notices, tenant, KEY + "3");
    assertThrows(FailureException.class, () -> add(notices, tenant, KEY + "4"));
    notices.run();
    assertEquals(2, events(tenant).stream().filter("quota.exceeded"::equals).count());
  }

  private void atOnce(Runnable work) throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      threads.add(Thread.ofVirtual().start(work));
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private LimitNotices limits(Database node) {
    return new LimitNotices(node.transactions(), fixture.ids, clock);
  }

  private QuotaNotices quotas(Database node) {
    return new QuotaNotices(node.transactions(), fixture.ids, clock);
  }

  private static void tellDomain(LimitNotices notices, License license) {
    notices.reached(LimitReached.seats(license.no(), SeatKind.DOMAIN));
    notices.flush();
  }

  private Tenant account(Quota quota) {
    Tenant tenant = fixture.account("limited");
    run(stores -> {
      Account account = stores.accounts().find(tenant.accountNo()).orElseThrow();
      stores
          .accounts()
          .update(
              new Account(
                  account.no(),
                  account.id(),
                  account.name(),
                  account.email(),
                  account.status(),
                  quota,
                  account.addressForm(),
                  account.createdAt(),
                  account.updatedAt(),
                  null));
    });
    return tenant;
  }

  /** What one node has counted in May. */
  private void used(Tenant tenant, long node, int validations) {
    String sql =
        """
        INSERT INTO account_usage (account_no, month, node_no, validations) VALUES (%d, 202605, %d, %d)
        ON CONFLICT (account_no, month, node_no) DO UPDATE SET validations = excluded.validations
        """
            .formatted(tenant.accountNo(), node, validations);
    try (var connection = backend.connect();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private License add(QuotaNotices notices, Tenant tenant, String key) {
    License license = fixture.license(tenant, key);
    return database
        .transactions()
        .write(stores -> {
          new Quotas(notices).requireRoom(stores, tenant, 1, clock.instant());
          return stores.licenses().insert(license).orElseThrow();
        });
  }

  private void revoke(License license) {
    run(stores -> stores.licenses().update(license.with(LicenseStatus.REVOKED, null)));
  }

  private List<String> events(Tenant tenant) {
    return recorded(tenant).stream().map(RecordedEvent::type).toList();
  }

  private List<String> data(Tenant tenant) {
    return recorded(tenant).stream().map(RecordedEvent::data).toList();
  }

  private List<RecordedEvent> recorded(Tenant tenant) {
    return database
        .transactions()
        .read(stores -> stores.events().list(tenant, EventFilter.ALL, 100, null))
        .data();
  }

  private void run(Consumer<Stores> work) {
    database.transactions().run(work);
  }
}
