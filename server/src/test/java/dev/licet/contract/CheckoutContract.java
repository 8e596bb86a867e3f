package dev.licet.contract;

import static dev.licet.contract.CheckoutFixture.day;
import static dev.licet.contract.CheckoutFixture.scene;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.domain.Given;
import dev.licet.domain.billing.CheckoutConnections;
import dev.licet.domain.billing.CheckoutEvent;
import dev.licet.domain.billing.CheckoutEvent.Status;
import dev.licet.domain.billing.CheckoutInbox.Receipt;
import dev.licet.domain.billing.CheckoutJobs;
import dev.licet.domain.billing.Mapping;
import dev.licet.domain.billing.Mapping.QuantityRule;
import dev.licet.domain.billing.Provider;
import dev.licet.domain.billing.Scene;
import dev.licet.domain.billing.Terms;
import dev.licet.domain.event.EventFilter;
import dev.licet.domain.license.License;
import dev.licet.domain.license.LicenseChanges.Target;
import dev.licet.domain.license.LicenseStatus;
import dev.licet.domain.privacy.Erasure;
import dev.licet.domain.privacy.ErasureJob;
import dev.licet.domain.privacy.Erasures;
import dev.licet.store.Database;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Orders that Stripe tells of, and the licences that follow, in a real database. */
@Timeout(120)
abstract class CheckoutContract extends Contract {
  private static final Terms TERMS = CheckoutFixture.TERMS;

  private CheckoutFixture shop;

  @BeforeEach
  void connect() {
    shop = CheckoutFixture.of(database, fixture, Provider.STRIPE, TERMS);
  }

  private static final Scene CREATED =
      scene("customer.subscription.created", 0, "price_pro", "trialing", 14);
  private static final Scene SESSION =
      scene("checkout.session.completed", 0, "price_pro", "no_payment_required", 14);
  private static final Scene BEGUN =
      scene("customer.subscription.updated", 14, "price_pro", "active", 44);
  private static final Scene PAID = scene("invoice.paid", 14.01, "price_pro", null, 44);
  private static final Scene UPGRADED =
      scene("customer.subscription.updated", 20, "price_team", "active", 44);
  private static final Scene FAILED = scene("invoice.payment_failed", 44, "price_team", null, 74);
  private static final List<Scene> SIX = List.of(CREATED, SESSION, BEGUN, PAID, UPGRADED, FAILED);

  @Test
  void subscriptionOfStripeIsFollowedThroughItsLife() {
    shop.happen(CREATED);
    assertEquals(List.of(), shop.licenses(), "nobody knows whom to send it to");
    shop.happen(SESSION);
    License trial = shop.license();
    assertEquals("ada@example.com", trial.customer().email());
    assertEquals("pro", trial.plan().name());
    assertEquals(day(14), trial.term().expiresAt());

    shop.happen(BEGUN, PAID);
    assertEquals(day(44), shop.license().term().expiresAt());
    shop.happen(UPGRADED);
    assertEquals("team", shop.license().plan().name());

    shop.happen(scene("customer.subscription.updated", 44, "price_team", "past_due", 74), FAILED);
    assertEquals(LicenseStatus.SUSPENDED, shop.license().givenStatus());
    assertEquals("a payment failed", shop.license().statusReason());
    shop.happen(
        scene("invoice.paid", 46, "price_team", null, 74),
        scene("customer.subscription.updated", 46, "price_team", "active", 74));
    assertEquals(LicenseStatus.ACTIVE, shop.license().givenStatus());
    assertEquals(day(74), shop.license().term().expiresAt());

    shop.happen(scene("customer.subscription.paused", 50, "price_team", null, 74));
    assertEquals("the subscription is paused", shop.license().statusReason());
    shop.happen(scene("customer.subscription.resumed", 55, "price_team", null, 74));
    assertEquals(LicenseStatus.ACTIVE, shop.license().givenStatus());

    shop.happen(
        scene("customer.subscription.updated", 60, "price_team", "cancel_at_period_end", 74));
    assertEquals(LicenseStatus.ACTIVE, shop.license().givenStatus());
    assertEquals(day(74), shop.license().term().expiresAt());

    shop.happen(scene("charge.dispute.created", 65, "price_team", null, 74));
    assertEquals("the payment is disputed", shop.license().statusReason());
    shop.happen(scene("charge.refunded", 66, "price_team", "partial", 74));
    shop.happen(scene("charge.dispute.closed", 67, "price_team", "won", 74));
    assertEquals(LicenseStatus.ACTIVE, shop.license().givenStatus());

    shop.happen(scene("customer.subscription.deleted", 74, "price_team", null, 74));
    assertEquals("the subscription has ended", shop.license().statusReason());
    shop.happen(scene("charge.refunded", 75, "price_team", "all", 74));
    License end = shop.license();
    assertEquals(LicenseStatus.REVOKED, end.givenStatus());
    assertEquals(trial.key(), end.key());
    assertEquals(trial.id(), end.id());
  }

  @Test
  void twoNodesIssueOneLicense() throws Exception {
    Database second = backend.isShared() ? backend.open() : database;
    try {
      CheckoutFixture other = shop.node(second, fixture);
      List<Callable<Boolean>> both = new ArrayList<>();
      for (CheckoutFixture node : List.of(shop, other)) {
        both.add(() -> {
          for (Scene scene : SIX) {
            node.clock.set(day(50));
            node.send(scene);
            node.work.run();
          }
          node.applyAll();
          return true;
        });
      }
      try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
        for (Future<Boolean> done : threads.invokeAll(both)) {
          assertTrue(done.get());
        }
      }
      assertEquals("team", shop.license().plan().name());
      assertEquals(SIX.size(), shop.events(Status.APPLIED).size());
    } finally {
      if (second != database) {
        second.close();
      }
    }
  }

  @Test
  void whatWasStoredIsAppliedAfterACrash() {
    shop.send(SESSION);
    shop.send(CREATED);
    reopen();
    CheckoutFixture later = shop.node(database, fixture);
    later.applyAll();
    assertEquals("pro", later.license().plan().name());
    // The provider got no answer, and sends it again.
    assertEquals(Receipt.KNOWN, later.send(SESSION));
    later.applyAll();
    assertEquals("pro", later.license().plan().name());
  }

  @Test
  void unknownPriceIsUnresolvedUntilTheMappingHasIt() {
    Scene scene =
        new Scene(
            "checkout.session.completed",
            "one",
            "Order1234567890abcdef",
            "price_new",
            1,
            "ada@example.com",
            null,
            false,
            null,
            day(0),
            day(0));
    shop.happen(scene);
    CheckoutEvent waiting = shop.events(Status.UNRESOLVED).getFirst();
    assertEquals("The mapping has none of price_new.", waiting.reason());
    assertEquals(1, told());
    assertEquals(Status.UNRESOLVED, shop.events.retry(shop.caller(), waiting.id()).status());
    assertEquals(1, told(), "the same is not told twice");
    map(new Mapping("price_new", "pro", null, QuantityRule.LICENSES));
    CheckoutEvent done = shop.events.retry(shop.caller(), waiting.id());
    assertEquals(Status.APPLIED, done.status());
    assertNull(done.reason());
    assertEquals("pro", shop.license().plan().name());
    assertNotEquals(null, shop.license().term().expiresAt(), "as the plan says");
  }

  private int told() {
    EventFilter all = EventFilter.ALL;
    return (int)
        database
            .transactions()
            .read(s -> s.events().list(shop.tenant, all, 100, null))
            .data()
            .stream()
            .filter(event -> event.type().equals("checkout.unresolved"))
            .count();
  }

  private void map(Mapping... entries) {
    shop.connections.update(
        shop.caller(),
        shop.shop.id(),
        new CheckoutConnections.Fields(
            Given.absent(),
            Given.absent(),
            Given.absent(),
            Given.absent(),
            Given.of(List.of(entries)),
            Given.absent(),
            Given.absent(),
            Given.absent(),
            Given.absent()));
  }

  @Test
  void whatTheVendorChangedByHandStays() {
    shop.happen(SESSION, CREATED);
    Target target = new Target(shop.license().id(), null);
    shop.changes.suspend(shop.caller(), target, "abuse");
    shop.happen(BEGUN, PAID);
    assertEquals("abuse", shop.license().statusReason());
    assertEquals(day(44), shop.license().term().expiresAt());
  }

  @Test
  void seatsFollowTheQuantity() {
    Scene bought = scene("customer.subscription.created", 0, "price_seats", "trialing", 14);
    shop.happen(quantity(bought, 4), SESSION);
    assertEquals(4, shop.license().maxDevices());
    assertEquals(9, shop.license().maxDomains());
    shop.happen(
        quantity(scene("customer.subscription.updated", 3, "price_seats", "active", 14), 2));
    assertEquals(2, shop.license().maxDevices());
  }

  private static Scene quantity(Scene scene, int quantity) {
    return new Scene(
        scene.type(),
        scene.id(),
        scene.order(),
        scene.price(),
        quantity,
        scene.email(),
        scene.name(),
        scene.subscription(),
        scene.status(),
        scene.at(),
        scene.periodEnd());
  }

  @Test
  void secretsAndKeysAreNowhereInClear() throws SQLException {
    shop.happen(SESSION, CREATED);
    String key = shop.license().key();
    for (String column :
        List.of(
            "sealed FROM checkout_connections",
            "facts FROM checkout_orders",
            "wanted FROM checkout_licenses",
            "body FROM checkout_events")) {
      assertFalse(texts(column).isEmpty());
      for (String text : texts(column)) {
        assertFalse(text.contains(CheckoutFixture.SECRET));
        assertFalse(text.contains(key));
      }
    }
  }

  @Test
  void personWhoIsErasedIsInNoOrder() throws SQLException {
    shop.happen(SESSION, CREATED, scene("customer.created", 0, "price_pro", null, 0), BEGUN, PAID);
    new Erasures(database.transactions(), fixture.ids, shop.clock)
        .begin(shop.caller(), "ada@example.com", Erasure.Mode.ERASE);
    fixture.run(new ErasureJob(fixture.ids).job(), day(50));
    for (String column :
        List.of(
            "facts FROM checkout_orders",
            "wanted FROM checkout_licenses",
            "body FROM checkout_events",
            "email FROM checkout_customers")) {
      for (String text : texts(column)) {
        assertFalse(text.toLowerCase(Locale.ROOT).contains("ada"), column + text);
      }
    }
  }

  private List<String> texts(String column) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (Connection connection = backend.connect();
        Statement sql = connection.createStatement();
        ResultSet rows = sql.executeQuery("SELECT " + column)) {
      while (rows.next()) {
        texts.add(new String(rows.getBytes(1), StandardCharsets.ISO_8859_1));
      }
    }
    return texts;
  }

  @Test
  void whatIsOldOrOfADeletedShopGoes() throws SQLException {
    shop.happen(SESSION, CREATED);
    CheckoutJobs.all(Duration.ofDays(90)).forEach(job -> fixture.run(job, day(89)));
    assertEquals(2, count("checkout_events"));
    CheckoutJobs.all(Duration.ofDays(90)).forEach(job -> fixture.run(job, day(91)));
    assertEquals(0, count("checkout_events"));
    shop.happen(BEGUN);
    shop.connections.delete(shop.caller(), shop.shop.id());
    assertEquals(Receipt.NOBODYS, shop.send(PAID));
    CheckoutJobs.all(Duration.ofDays(90)).forEach(job -> fixture.run(job, day(91)));
    for (String table : List.of("checkout_connections", "checkout_orders", "checkout_licenses")) {
      assertEquals(0, count(table), table);
    }
    assertEquals("pro", shop.license().plan().name(), "licenses stay");
  }
}
