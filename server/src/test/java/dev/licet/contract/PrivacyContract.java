package dev.licet.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.domain.Caller;
import dev.licet.domain.FailureException;
import dev.licet.domain.Tenant;
import dev.licet.domain.activation.SeatKind;
import dev.licet.domain.billing.CheckoutEvent;
import dev.licet.domain.billing.PlacedOrder;
import dev.licet.domain.billing.PlacedOrders;
import dev.licet.domain.billing.Provider;
import dev.licet.domain.delivery.DeliveryQueue.Outcome;
import dev.licet.domain.event.Actor;
import dev.licet.domain.event.Event;
import dev.licet.domain.event.EventFilter;
import dev.licet.domain.event.EventType;
import dev.licet.domain.event.RecordedEvent;
import dev.licet.domain.id.Ids;
import dev.licet.domain.license.Customer;
import dev.licet.domain.license.License;
import dev.licet.domain.license.LicenseStatus;
import dev.licet.domain.mail.Mail;
import dev.licet.domain.privacy.Erasure;
import dev.licet.domain.privacy.Erasure.Mode;
import dev.licet.domain.privacy.ErasureJob;
import dev.licet.domain.privacy.Erasures;
import dev.licet.domain.usage.FoldRows;
import dev.licet.domain.usage.FoldStore.Position;
import dev.licet.domain.usage.JournalStore;
import dev.licet.domain.usage.UsageEvent;
import dev.licet.domain.usage.UsageQuery;
import dev.licet.domain.usage.UsageRecord;
import dev.licet.domain.webhook.Webhook;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Persons are taken out of everything, bit by bit. */
@Timeout(60)
abstract class PrivacyContract extends Contract {
  private static final Instant NOW = Fixture.NOW;
  private static final String ADA = "ada@example.com";

  private Tenant tenant;
  private Tenant other;
  private Erasures erasures;

  @BeforeEach
  void prepare() {
    tenant = fixture.account("a");
    other = fixture.account("b");
    erasures = new Erasures(database.transactions(), fixture.ids, () -> NOW);
  }

  @Test
  void anErasureGoesOnWhereItWasUntilNothingIsLeft() {
    List<License> licenses = new ArrayList<>();
    for (int i = 0; i < 45; i++) {
      License license = fixture.insert(tenant, "KEY-" + i);
      fixture.insert(license, SeatKind.DEVICE, "laptop");
      created(license);
      licenses.add(license);
    }
    License kept = fixture.insert(other, "KEY-OTHER");
    created(kept);
    JournalStore journal = database.journal();
    long node = journal.openNode();
    for (int i = 0; i < 100; i++) {
      UsageEvent own = event(licenses.get(i % 45));
      journal.append(journal.nextId(node), List.of(own, event(kept)), List.of());
    }
    Erasure erasure = erasures.begin(caller(), "ADA@example.com", Mode.ERASE);
    assertEquals(erasure, erasures.begin(caller(), ADA, Mode.PSEUDONYMIZE));
    int steps = 0;
    while (step()) {
      steps++;
      if (steps % 5 == 0) {
        reopen();
      }
    }
    assertTrue(steps > 15, "small steps: " + steps);
    for (License license : licenses) {
      License after =
          database.transactions().read(s -> s.licenses().find(license.no())).orElseThrow();
      assertEquals(new Customer(erasure.pseudonym(), null), after.customer());
      assertEquals(LicenseStatus.REVOKED, after.givenStatus());
      assertEquals(Map.of(), after.metadata());
      int seats =
          database.transactions().read(s -> s.seats().count(license.no(), SeatKind.DEVICE, NOW));
      assertEquals(0, seats);
      for (UsageRecord record : history(license)) {
        assertNull(record.event().fingerprint());
        assertNull(record.event().origin().ip());
      }
    }
    assertEquals(3, history(licenses.getFirst()).size());
    for (RecordedEvent event : events(tenant)) {
      assertFalse(event.data().toLowerCase(Locale.ROOT).contains(ADA), event::data);
      assertFalse(event.data().contains("Ada"), event::data);
    }
    assertEquals(90, events(tenant).size());
    assertEquals("device", history(kept).getFirst().event().fingerprint());
    assertTrue(events(other).getFirst().data().contains("Ada@Example.com"));
    assertThrows(FailureException.class, () -> newErasures().begin(caller(), ADA, Mode.ERASE));
  }

  @Test
  void whatReceiversAnsweredGoesWithTheEvent() throws SQLException {
    try (WebhookFixture hooks = new WebhookFixture(database, fixture)) {
      Webhook webhook = hooks.webhook(tenant, "shop.example.com", "*");
      hooks.happen(fixture.insert(tenant, "KEY-ONE"), EventType.LICENSE_CREATED);
      hooks.take(webhook, 1, Outcome.SUCCEEDED);
      try (Connection connection = backend.connect();
          Statement statement = connection.createStatement()) {
        assertEquals(
            1, statement.executeUpdate("UPDATE webhook_attempts SET answer = 'hello Ada'"));
      }
      assertEquals("hello Ada", hooks.only(tenant).attempts().getFirst().answer());
      erasures.begin(caller(), ADA, Mode.PSEUDONYMIZE);
      erase();
      assertNull(hooks.only(tenant).attempts().getFirst().answer());
    }
  }

  @Test
  void whoseLicenseWentToSomebodyElseIsTakenOutOfItsEvents() {
    License before = fixture.insert(tenant, "KEY-ONE");
    created(before);
    License after =
        before.with(
            before.plan(),
            before.overrides(),
            new Customer("bob@example.com", "Bob"),
            Map.of("a", "b"));
    database
        .transactions()
        .run(stores -> {
          stores.licenses().update(after);
          stores
              .outbox()
              .append(
                  new Event(
                      fixture.ids.next(Ids.EVENT),
                      EventType.LICENSE_UPDATED,
                      NOW,
                      after,
                      before,
                      null,
                      null,
                      Actor.SYSTEM));
        });
    erasures.begin(caller(), ADA, Mode.ERASE);
    erase();
    License left = database.transactions().read(s -> s.licenses().find(before.no())).orElseThrow();
    assertEquals(after.customer(), left.customer());
    assertEquals(LicenseStatus.ACTIVE, left.givenStatus());
    List<RecordedEvent> events = events(tenant);
    assertEquals(2, events.size());
    assertTrue(events.getFirst().data().contains("bob@example.com"));
    events.forEach(event -> assertFalse(event.data().contains("Ada"), event::data));
  }

  @Test
  void whatAShopToldOfThePersonGoesAndTheOrderGoesOn() throws SQLException {
    CheckoutFixture shop =
        CheckoutFixture.of(database, fixture, tenant, Provider.STRIPE, CheckoutFixture.TERMS);
    shop.happen(
        CheckoutFixture.scene("checkout.session.completed", 0, "price_pro", "paid", 30),
        CheckoutFixture.scene("customer.subscription.created", 0, "price_pro", "active", 30),
        CheckoutFixture.scene("invoice.paid", 0, "price_pro", null, 30));
    assertEquals(ADA, shop.license().customer().email());
    assertTrue(toldByShops().contains(ADA));
    Erasure erasure = erasures.begin(caller(), ADA, Mode.PSEUDONYMIZE);
    erase();
    String told = toldByShops();
    assertFalse(told.toLowerCase(Locale.ROOT).contains("ada"), told);
    assertTrue(told.contains(erasure.pseudonym()), told);
    shop.happen(
        CheckoutFixture.scene("customer.subscription.updated", 30, "price_pro", "active", 60));
    assertEquals(CheckoutFixture.day(60), shop.license().term().expiresAt());
    assertEquals(erasure.pseudonym(), shop.license().customer().email());
    for (CheckoutEvent event : shop.events(CheckoutEvent.Status.APPLIED)) {
      shop.events.retry(shop.caller(), event.id());
    }
    assertEquals(CheckoutFixture.day(60), shop.license().term().expiresAt());
    assertEquals(erasure.pseudonym(), shop.license().customer().email());
  }

  @Test
  void whatAMailServerSaidGoesAndNoMailIsSentAnyMore() throws SQLException {
    for (Tenant of : List.of(tenant, other)) {
      CheckoutFixture shop =
          CheckoutFixture.of(database, fixture, of, Provider.GENERIC, CheckoutFixture.TERMS);
      shop.happen(CheckoutFixture.scene("order.paid", 0, "price_pro", null, 30));
    }
    try (Connection connection = backend.connect();
        Statement statement = connection.createStatement()) {
      String said = "UPDATE mails SET error = '550 <ADA@Example.com>: no such us'";
      assertEquals(2, statement.executeUpdate(said));
    }
    Instant lease = CheckoutFixture.START.plusSeconds(60);
    Mail taken =
        database
            .transactions()
            .write(s -> s.mails().take(lease.minusSeconds(30), lease, 2))
            .stream()
            .filter(mail -> mail.tenant().equals(tenant))
            .findFirst()
            .orElseThrow();
    erasures.begin(caller(), ADA, Mode.PSEUDONYMIZE);
    erase();
    boolean written = database.transactions().write(s -> s.mails().finish(taken, lease, NOW));
    assertFalse(written, "a node that was sending it has nothing to write");
    assertEquals("failed null null", mail(tenant));
    assertTrue(mail(other).startsWith("pending 550 <ADA@Example.com>"), mail(other));
  }

  private String mail(Tenant of) throws SQLException {
    try (Connection connection = backend.connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT status, error, due_at FROM mails WHERE account_no = " + of.accountNo())) {
      assertTrue(row.next());
      return row.getString(1) + " " + row.getString(2) + " " + row.getString(3);
    }
  }

  @Test
  void whoOrderedWithoutALicenseIsKnownAndErased() throws SQLException {
    CheckoutFixture shop =
        CheckoutFixture.of(database, fixture, tenant, Provider.GENERIC, CheckoutFixture.TERMS);
    shop.happen(CheckoutFixture.scene("order.paid", 0, "price_unknown", null, 30));
    assertEquals(List.of(), shop.licenses());
    PlacedOrders orders = new PlacedOrders(database.transactions());
    PlacedOrder order = orders.of(tenant, "ADA@example.com", 10, null).data().getFirst();
    assertEquals(ADA, order.buyer().email());
    assertEquals(CheckoutEvent.Status.UNRESOLVED, order.events().getFirst().status());
    assertEquals(List.of(), order.licenseIds());
    for (String another : List.of("da@example.com", "ada@example.co", "ad_@example.com")) {
      assertEquals(List.of(), orders.of(tenant, another, 10, null).data());
      assertThrows(FailureException.class, () -> erasures.requireKnown(caller(), another));
    }
    assertEquals(List.of(), orders.of(other, ADA, 10, null).data());
    erasures.begin(caller(), ADA, Mode.ERASE);
    erase();
    assertEquals(List.of(), orders.of(tenant, ADA, 10, null).data());
    assertFalse(toldByShops().toLowerCase(Locale.ROOT).contains("ada"), toldByShops());
    assertThrows(FailureException.class, () -> erasures.requireKnown(caller(), ADA));
  }

  private String toldByShops() throws SQLException {
    StringBuilder told = new StringBuilder();
    try (Connection connection = backend.connect();
        Statement statement = connection.createStatement()) {
      for (String column :
          List.of(
              "facts FROM checkout_orders",
              "wanted FROM checkout_licenses",
              "email FROM checkout_customers",
              "name FROM checkout_customers",
              "body FROM checkout_events")) {
        try (ResultSet row = statement.executeQuery("SELECT " + column)) {
          while (row.next()) {
            byte[] value = row.getBytes(1);
            told.append(value == null ? "" : new String(value, StandardCharsets.UTF_8)).append(' ');
          }
        }
      }
    }
    return told.toString();
  }

  @Test
  void tenantsAreApart() {
    fixture.insert(tenant, "KEY-ONE");
    License test = fixture.insert(new Tenant(tenant.accountNo(), false), "KEY-TEST");
    License foreign = fixture.insert(other, "KEY-TWO");
    erasures.begin(caller(), ADA, Mode.ERASE);
    erase();
    for (License license : List.of(test, foreign)) {
      License after =
          database.transactions().read(s -> s.licenses().find(license.no())).orElseThrow();
      assertEquals(license, after);
    }
    Caller stranger = WebhookFixture.caller(fixture.account("c"));
    assertThrows(FailureException.class, () -> erasures.begin(stranger, ADA, Mode.ERASE));
    assertThrows(FailureException.class, () -> erasures.requireKnown(stranger, ADA));
  }

  @Test
  void whatIsBeingCountedMeanwhileIsReadAnew() {
    License license = fixture.insert(tenant, "KEY");
    long node = database.journal().openNode();
    database.journal().append(JournalStore.firstId(node), List.of(event(license)), List.of());
    Position open = FoldSlices.open(database.fold(), node);
    FoldRows rows = FoldSlices.read(database.fold(), open);
    erasures.begin(caller(), ADA, Mode.ERASE);
    erase();
    Position end = FoldSlices.ended(open);
    assertTrue(database.fold().apply(rows, 0, rows.size(), open, end).isEmpty());
    assertEquals(open, FoldSlices.position(database.fold(), node));
  }

  private Erasures newErasures() {
    return new Erasures(database.transactions(), fixture.ids, () -> NOW);
  }

  private Caller caller() {
    return WebhookFixture.caller(tenant);
  }

  private void erase() {
    fixture.run(new ErasureJob(fixture.ids).job(), NOW);
  }

  private boolean step() {
    var job = new ErasureJob(fixture.ids).job();
    boolean urgent = database.transactions().read(stores -> job.probe().isUrgent(stores, NOW));
    int done = database.transactions().write(stores -> job.step().run(stores, NOW, job.batch()));
    assertEquals(urgent, done > 0);
    return done > 0;
  }

  private void created(License license) {
    database
        .transactions()
        .run(stores ->
            stores
                .outbox()
                .append(
                    new Event(
                        fixture.ids.next(Ids.EVENT),
                        EventType.LICENSE_CREATED,
                        NOW,
                        license,
                        null,
                        null,
                        "for Ada",
                        Actor.SYSTEM)));
  }

  private static UsageEvent event(License license) {
    return Uses.event(
        license.no(),
        2,
        dev.licet.domain.usage.Outcome.VALID,
        "a.example",
        "device",
        "192.0.2.1",
        0,
        0);
  }

  private List<UsageRecord> history(License license) {
    UsageQuery query = new UsageQuery(null, null, null, 100, null);
    return database.transactions().read(s -> s.usage().history(license.no(), query));
  }

  private List<RecordedEvent> events(Tenant of) {
    return database
        .transactions()
        .read(s -> s.events().list(of, EventFilter.ALL, 100, null))
        .data();
  }
}
