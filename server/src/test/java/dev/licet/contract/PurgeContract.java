package dev.licet.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.domain.FailureException;
import dev.licet.domain.Stores;
import dev.licet.domain.Tenant;
import dev.licet.domain.account.Account;
import dev.licet.domain.account.AccountPurge;
import dev.licet.domain.account.AccountStatus;
import dev.licet.domain.account.Accounts;
import dev.licet.domain.account.ApiKey;
import dev.licet.domain.account.Grant;
import dev.licet.domain.activation.SeatKind;
import dev.licet.domain.billing.Provider;
import dev.licet.domain.event.Actor;
import dev.licet.domain.event.Event;
import dev.licet.domain.event.EventType;
import dev.licet.domain.id.Ids;
import dev.licet.domain.job.Job;
import dev.licet.domain.license.License;
import dev.licet.domain.license.LicenseFilter;
import dev.licet.domain.usage.FoldRows;
import dev.licet.domain.usage.FoldStore.Position;
import dev.licet.domain.usage.JournalStore;
import dev.licet.domain.usage.MonthlyUse;
import dev.licet.domain.usage.Outcome;
import dev.licet.domain.usage.UsageEvent;
import dev.licet.domain.usage.UsageGroup;
import dev.licet.domain.usage.UsageOrigin;
import dev.licet.domain.usage.UsageQuery;
import dev.licet.domain.usage.UsageRecord;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the end of an account leaves behind. */
@Timeout(60)
abstract class PurgeContract extends Contract {
  private static final String KEY = "TO-8Q2M-4TRX-9KFA-7D1C";

  /** What stays of a purged account: parts of the journal's fold, by time; who purged it. */
  private static final Set<String> KEPT =
      Set.of("usage_index", "usage_hours", "usage_daily", "audit_log", "audit_heads");

  private final Map<Long, List<Long>> licensesOf = new TreeMap<>();
  private final Map<Long, List<Long>> seatsOf = new TreeMap<>();
  private final Map<Long, List<Long>> webhooksOf = new TreeMap<>();
  private final Map<Long, List<Long>> shopsOf = new TreeMap<>();

  @Test
  void purgeLeavesNothingOfAnAccountAndEverythingOfOthers() throws SQLException {
    Tenant doomed = populated("doomed", KEY);
    Tenant other = populated("other", KEY + "-2");
    Map<String, Long> before = rows(other);
    assertFalse(rows(doomed).containsValue(0L), () -> "nothing to purge in " + rows(doomed));
    boolean done = false;
    while (!done) {
      done = database.transactions().write(s -> s.accounts().purge(doomed.accountNo()));
    }
    assertEquals(Set.of(0L), Set.copyOf(rows(doomed).values()), () -> rows(doomed).toString());
    assertEquals(before, rows(other));
    Optional<Account> left =
        database.transactions().read(s -> s.accounts().find(doomed.accountNo()));
    assertEquals(Optional.empty(), left);
  }

  @Test
  void accountComesBackUntilItsGraceIsOverAndIsPurgedThen() {
    AtomicReference<Instant> now = new AtomicReference<>(Fixture.NOW);
    Accounts accounts = accounts(now, Duration.ofDays(30));
    Tenant tenant = populated("doomed", KEY);
    String id = accounts.get(tenant).account().id();
    accounts.delete(id);
    accounts.update(id, Accounts.Update.of(AccountStatus.ACTIVE));
    now.set(Fixture.NOW.plus(Duration.ofDays(31)));
    fixture.run(new AccountPurge().job(), now.get());
    assertEquals(AccountStatus.ACTIVE, accounts.get(id).account().status());
    accounts.delete(id);
    fixture.run(new AccountPurge().job(), now.get());
    assertEquals(AccountStatus.DELETED, accounts.get(id).account().status());
    now.set(now.get().plus(Duration.ofDays(30)));
    assertThrows(
        FailureException.class,
        () -> accounts.update(id, Accounts.Update.of(AccountStatus.ACTIVE)));
    fixture.run(new AccountPurge().job(), now.get());
    assertThrows(FailureException.class, () -> accounts.get(id));
  }

  @Test
  void stepsThatAreUndoneAreDoneAgainAndAnotherNodeGoesOn() {
    License license = onlyLicense(populated("doomed", KEY));
    Accounts accounts = accounts(new AtomicReference<>(Fixture.NOW), Duration.ZERO);
    String id = accounts.get(license.tenant()).account().id();
    accounts.delete(id);
    int done = 1;
    for (Job purge = new AccountPurge().job(); done > 0; purge = new AccountPurge().job()) {
      for (int steps = 0; steps < 4 && done > 0; steps++) {
        Job.Step step = purge.step();
        assertThrows(
            IllegalStateException.class,
            () ->
                run(stores -> {
                  step.run(stores, Fixture.NOW, 1);
                  throw new IllegalStateException("undone");
                }));
        done = database.transactions().write(stores -> step.run(stores, Fixture.NOW, 1));
      }
    }
    assertThrows(FailureException.class, () -> accounts.get(id));
    history(license).forEach(record -> assertEquals(null, record.event().domain()));
  }

  private Accounts accounts(AtomicReference<Instant> now, Duration grace) {
    return new Accounts(database.transactions(), fixture.ids, new SecureRandom(), now::get, grace);
  }

  @Test
  void theJournalTellsNothingOfThePersonsOfAPurgedAccount() {
    Tenant doomed = populated("doomed", KEY);
    Tenant other = populated("other", KEY + "-2");
    License doomedLicense = onlyLicense(doomed);
    License otherLicense = onlyLicense(other);
    JournalStore journal = database.journal();
    long node = journal.openNode();
    for (int i = 0; i < 70; i++) {
      journal.append(
          journal.nextId(node),
          List.of(event(doomedLicense), event(otherLicense), event(doomedLicense)),
          List.of());
    }
    AtomicReference<Instant> now = new AtomicReference<>(Fixture.NOW);
    Accounts accounts = accounts(now, Duration.ZERO);
    Position open = FoldSlices.open(database.fold(), node);
    FoldRows rows = FoldSlices.read(database.fold(), open);
    accounts.delete(accounts.get(doomed).account().id());
    fixture.run(new AccountPurge().job(), now.get());
    Position end = FoldSlices.ended(open);
    assertTrue(
        database.fold().apply(rows, 0, rows.size(), open, end).isEmpty(),
        "what was read before is not counted");
    List<UsageRecord> gone = history(doomedLicense);
    assertEquals(100, gone.size(), "that there were validations stays");
    for (UsageRecord record : gone) {
      UsageEvent event = record.event();
      assertEquals(Outcome.VALID, event.outcome());
      assertEquals(
          Arrays.asList(null, null, null),
          Arrays.asList(event.domain(), event.fingerprint(), event.origin().ip()));
    }
    history(otherLicense).forEach(record -> assertEquals("a.example", record.event().domain()));
    assertEquals(71, history(otherLicense).size());
  }

  private License onlyLicense(Tenant tenant) {
    LicenseFilter all = new LicenseFilter(null, null, null, null, null, null, null, Fixture.NOW);
    return database
        .transactions()
        .read(s -> s.licenses().list(tenant, all, 10, null))
        .data()
        .getFirst();
  }

  private static UsageEvent event(License license) {
    return Uses.event(license.no(), 2, Outcome.VALID, "a.example", "device", "192.0.2.1", 0, 0);
  }

  private List<UsageRecord> history(License license) {
    UsageQuery query = new UsageQuery(null, null, null, 100, null);
    return database.transactions().read(s -> s.usage().history(license.no(), query));
  }

  /** An account with rows in every table that has rows of accounts. */
  private Tenant populated(String name, String licenseKey) {
    Tenant tenant = fixture.account(name);
    run(s -> s.apiKeys().insert(key(tenant, name)));
    License license = fixture.insert(tenant, licenseKey);
    fixture.insert(new Tenant(tenant.accountNo(), false), licenseKey + "-test");
    var seat = fixture.insert(license, SeatKind.DOMAIN, "a.example");
    new WebhookFixture(database, fixture).webhook(tenant, "shop.example.com", "*");
    run(s ->
        s.outbox()
            .append(
                new Event(
                    fixture.ids.next(Ids.EVENT),
                    EventType.LICENSE_CREATED,
                    Fixture.NOW,
                    license,
                    null,
                    seat,
                    null,
                    Actor.SYSTEM)));
    insertRest(tenant, license);
    JournalStore journal = database.journal();
    long node = journal.openNode();
    UsageEvent event =
        new UsageEvent(
            license.no(),
            new UsageGroup(tenant.accountNo(), true, 1, 1),
            1,
            Outcome.VALID,
            "a.example",
            null,
            new UsageOrigin("192.0.2.1", null, 0, null),
            seat.no(),
            0);
    journal.append(
        journal.nextId(node),
        List.of(event),
        List.of(new MonthlyUse(tenant.accountNo(), 202605, 1)));
    FoldSlices.all(database.fold());
    return tenant;
  }

  private void insertRest(Tenant tenant, License license) {
    insert("INSERT INTO counter_uses VALUES (?, 'exports', 0, 1)", license.no());
    insert(
        "INSERT INTO consumptions VALUES (?, 'k', 'exports', 1, NULL, 'never', 1, NULL, NULL, 1)",
        license.no());
    insert("INSERT INTO seat_releases (license_no, at) VALUES (?, 1)", license.no());
    insert("INSERT INTO limit_notices VALUES (?, 'domain', 1)", license.no());
    insertShop(tenant, license);
    insert(
        "INSERT INTO quota_notices VALUES (?, 'max_licenses', 'quota.exceeded', 0, 1)",
        tenant.accountNo());
    insert(
        """
        INSERT INTO erasures (id, account_no, live, email, pseudonym, mode, phase, position,
          requested_at)
        SELECT id, no, 1, 'a@b', 'c@d', 'erase', 'licenses', '', 1 FROM accounts WHERE no = ?
        """,
        tenant.accountNo());
    insert(
        """
        INSERT INTO idempotent_answers (account_no, id, fingerprint, status, headers, sealed,
          expires_at)
        SELECT no, hash, hash, 200, '{}', hash, 1
        FROM (SELECT account_no AS no, hash FROM api_keys WHERE account_no = ?) keys
        """,
        tenant.accountNo());
  }

  private void insertShop(Tenant tenant, License license) {
    long account = tenant.accountNo();
    CheckoutFixture shop =
        CheckoutFixture.of(database, fixture, tenant, Provider.STRIPE, CheckoutFixture.TERMS);
    shop.send(CheckoutFixture.scene("invoice.paid", 0, "price_pro", null, 30));
    long connection = shop.shop.no();
    insert("INSERT INTO checkout_orders (connection_no, facts) VALUES (?, '{}')", connection);
    String order = "(SELECT MAX(no) FROM checkout_orders)";
    insert("INSERT INTO checkout_references VALUES (?, 'sub_1', " + order + ", 0)", connection);
    insert("INSERT INTO checkout_customers VALUES (?, 'cus_1', 'e', NULL, 1)", connection);
    insert(
        "INSERT INTO checkout_licenses VALUES ("
            + connection
            + ", 'line', 0, "
            + order
            + ", ?, '{}', 1)",
        license.no());
    insert(
        """
        INSERT INTO mails (id, account_no, live, licenses, status, attempts, created_at)
        SELECT 'mail' || no, no, 1, '[]', 'sent', 1, 1 FROM accounts WHERE no = ?
        """,
        account);
    insert("INSERT INTO mail_templates VALUES (?, 1, 's', 't', 'h', 1)", account);
  }

  private ApiKey key(Tenant tenant, String name) {
    return new ApiKey(
        0,
        fixture.ids.next(Ids.API_KEY),
        tenant,
        name.getBytes(StandardCharsets.UTF_8),
        "hint",
        name,
        Grant.ALL,
        "system",
        Fixture.NOW,
        null,
        null);
  }

  private void insert(String sql, long number) {
    try (Connection connection = backend.connect();
        PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setLong(1, number);
      assertEquals(1, insert.executeUpdate());
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void run(Consumer<Stores> work) {
    database.transactions().run(work);
  }

  /** Rows of an account in every table that names accounts, licences, seats, webhooks or shops. */
  private Map<String, Long> rows(Tenant tenant) {
    long account = tenant.accountNo();
    try (Connection connection = backend.connect();
        Statement statement = connection.createStatement()) {
      List<Long> licenses =
          licensesOf.computeIfAbsent(
              account,
              no -> numbers(statement, "SELECT no FROM licenses WHERE account_no = " + no));
      List<Long> seats =
          seatsOf.computeIfAbsent(
              account,
              no ->
                  numbers(
                      statement,
                      "SELECT no FROM activations WHERE license_no IN (" + list(licenses) + ")"));
      List<Long> webhooks =
          webhooksOf.computeIfAbsent(
              account,
              no -> numbers(statement, "SELECT no FROM webhooks WHERE account_no = " + no));
      List<Long> shops =
          shopsOf.computeIfAbsent(
              account,
              no ->
                  numbers(
                      statement, "SELECT no FROM checkout_connections WHERE account_no = " + no));
      Map<String, Long> rows = new TreeMap<>();
      for (String[] column : columns(connection)) {
        List<Long> wanted =
            switch (column[1]) {
              case "account_no" -> List.of(account);
              case "license_no" -> licenses;
              case "webhook_no" -> webhooks;
              case "connection_no" -> shops;
              default -> seats;
            };
        String sql = "SELECT COUNT(*) FROM %s WHERE %s IN (%s)";
        rows.put(
            column[0] + "." + column[1],
            numbers(statement, sql.formatted(column[0], column[1], list(wanted))).getFirst());
      }
      return rows;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String[]> columns(Connection connection) throws SQLException {
    List<String[]> columns = new ArrayList<>();
    for (String name :
        List.of("account_no", "license_no", "activation_no", "webhook_no", "connection_no")) {
      try (ResultSet row = connection.getMetaData().getColumns(null, null, "%", name)) {
        while (row.next()) {
          String table = row.getString("TABLE_NAME");
          if (!KEPT.contains(table) && !table.startsWith("usage_index_")) {
            columns.add(new String[] {table, name});
          }
        }
      }
    }
    return columns;
  }

  private static List<Long> numbers(Statement statement, String sql) {
    try (ResultSet row = statement.executeQuery(sql)) {
      List<Long> numbers = new ArrayList<>();
      while (row.next()) {
        numbers.add(row.getLong(1));
      }
      return numbers;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String list(List<Long> numbers) {
    return String.join(", ", numbers.stream().map(String::valueOf).toList());
  }
}
