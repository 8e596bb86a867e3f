package dev.licet.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.licet.checkout.Simulation;
import dev.licet.checkout.generic.Generic;
import dev.licet.checkout.generic.GenericSimulation;
import dev.licet.checkout.lemonsqueezy.LemonSqueezy;
import dev.licet.checkout.lemonsqueezy.LemonSqueezySimulation;
import dev.licet.checkout.paddle.Paddle;
import dev.licet.checkout.paddle.PaddleSimulation;
import dev.licet.checkout.stripe.Stripe;
import dev.licet.checkout.stripe.StripeSimulation;
import dev.licet.domain.Caller;
import dev.licet.domain.Given;
import dev.licet.domain.Tenant;
import dev.licet.domain.account.Grant;
import dev.licet.domain.account.Quotas;
import dev.licet.domain.activation.DomainNames;
import dev.licet.domain.billing.CheckoutConnection;
import dev.licet.domain.billing.CheckoutConnections;
import dev.licet.domain.billing.CheckoutEvent;
import dev.licet.domain.billing.CheckoutEventStore;
import dev.licet.domain.billing.CheckoutEvents;
import dev.licet.domain.billing.CheckoutInbox;
import dev.licet.domain.billing.CheckoutProvider;
import dev.licet.domain.billing.CheckoutWork;
import dev.licet.domain.billing.Mapping;
import dev.licet.domain.billing.Mapping.QuantityRule;
import dev.licet.domain.billing.OrderLicenses;
import dev.licet.domain.billing.Provider;
import dev.licet.domain.billing.Scene;
import dev.licet.domain.billing.Terms;
import dev.licet.domain.license.License;
import dev.licet.domain.license.LicenseChanges;
import dev.licet.domain.license.LicenseFilter;
import dev.licet.domain.license.LicenseIssuer;
import dev.licet.domain.notice.QuotaNotices;
import dev.licet.names.GuavaPublicSuffixes;
import dev.licet.names.IcuIdna;
import dev.licet.store.Database;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A shop, and one node that takes its events and applies them. */
final class CheckoutFixture {
  static final String SECRET = "whsec_8a1f0cfd5e0c4a7f9b6f";
  static final Instant START = Instant.parse("2026-06-01T12:00:00Z");
  static final Map<Provider, CheckoutProvider> PROVIDERS =
      Map.of(
          Provider.STRIPE, new Stripe(),
          Provider.PADDLE, new Paddle(),
          Provider.LEMONSQUEEZY, new LemonSqueezy(),
          Provider.GENERIC, new Generic());
  static final Map<Provider, Simulation> SIMULATIONS =
      Map.of(
          Provider.STRIPE, new StripeSimulation(),
          Provider.PADDLE, new PaddleSimulation(),
          Provider.LEMONSQUEEZY, new LemonSqueezySimulation(),
          Provider.GENERIC, new GenericSimulation());

  static final Terms TERMS = new Terms(Terms.LapseRule.SUSPEND, 0, Terms.RefundRule.REVOKE);

  final MovableClock clock = new MovableClock(START);
  final CheckoutConnections connections;
  final CheckoutInbox inbox;
  final CheckoutWork work;
  final CheckoutEvents events;
  final LicenseChanges changes;
  final CheckoutConnection shop;
  final Tenant tenant;

  private final Database database;
  private int sent;

  /** As the one below, of an account of its own. */
  static CheckoutFixture of(Database database, Fixture fixture, Provider provider, Terms terms) {
    return of(database, fixture, fixture.account("shop"), provider, terms);
  }

  /** A shop with the plans {@code pro} and {@code team} for {@code price_pro} and others. */
  static CheckoutFixture of(
      Database database, Fixture fixture, Tenant tenant, Provider provider, Terms terms) {
    database
        .transactions()
        .run(stores -> stores.plans().insert(tenant.accountNo(), Fixture.plan("team", 9, 9)));
    CheckoutFixture first = new CheckoutFixture(database, fixture, tenant, null);
    CheckoutConnection shop =
        first.connections.create(
            first.caller(),
            new CheckoutConnections.Fields(
                Given.of(provider),
                Given.of("shop"),
                Given.of(SECRET),
                Given.absent(),
                Given.of(
                    List.of(
                        new Mapping("price_pro", "pro", null, QuantityRule.LICENSES),
                        new Mapping("price_team", "team", null, QuantityRule.LICENSES),
                        new Mapping("price_seats", "team", null, QuantityRule.SEATS))),
                Given.of(terms.lapse()),
                terms.graceDays() == 0 ? Given.absent() : Given.of(terms.graceDays()),
                Given.of(terms.refund()),
                Given.absent()));
    return new CheckoutFixture(database, fixture, tenant, shop);
  }

  /** Another node for the same shop. */
  CheckoutFixture node(Database otherDatabase, Fixture fixture) {
    CheckoutFixture node = new CheckoutFixture(otherDatabase, fixture, tenant, shop);
    node.clock.set(clock.instant());
    return node;
  }

  private CheckoutFixture(
      Database database, Fixture fixture, Tenant tenant, CheckoutConnection shop) {
    this.database = database;
    this.tenant = tenant;
    this.shop = shop;
    var transactions = database.transactions();
    DomainNames names = new DomainNames(new IcuIdna(), new GuavaPublicSuffixes());
    Quotas quotas = new Quotas(new QuotaNotices(transactions, fixture.ids, clock));
    LicenseIssuer issuer =
        new LicenseIssuer(transactions, new SecureRandom(), names, quotas, fixture.ids, clock);
    changes = new LicenseChanges(transactions, issuer, quotas, fixture.ids, clock);
    connections = new CheckoutConnections(transactions, fixture.ids, clock);
    inbox = new CheckoutInbox(transactions, PROVIDERS, fixture.ids, clock, () -> {});
    work =
        new CheckoutWork(
            transactions,
            PROVIDERS,
            new OrderLicenses(issuer, changes, fixture.ids, true),
            fixture.ids,
            clock);
    events = new CheckoutEvents(transactions, work);
  }

  Caller caller() {
    return new Caller(tenant, "key_test", Grant.ALL);
  }

  /** A moment some days after the start. */
  static Instant day(double days) {
    return START.plus(Duration.ofMinutes(Math.round(days * 24 * 60)));
  }

  /** What happens to one subscription on a day, paid until another. */
  static Scene scene(String type, double day, String price, String status, double until) {
    return new Scene(
        type,
        type.replace('.', '_') + "_" + Math.round(day * 1440) + "_" + status,
        "Order1234567890abcdef",
        price,
        1,
        "ada@example.com",
        "Ada",
        true,
        status,
        day(day),
        day(until));
  }

  CheckoutInbox.Receipt send(Scene scene) {
    return send(SIMULATIONS.get(shop.provider()).body(scene), scene);
  }

  CheckoutInbox.Receipt send(String body, Scene scene) {
    Map<String, String> headers = new HashMap<>();
    SIMULATIONS
        .get(shop.provider())
        .headers(scene, body, SECRET, clock.instant())
        .forEach((name, value) -> headers.put(name.toLowerCase(java.util.Locale.ROOT), value));
    return inbox.receive(
        shop.id(),
        name -> headers.get(name.toLowerCase(java.util.Locale.ROOT)),
        body.getBytes(UTF_8));
  }

  /** Sends what happens, and applies it. */
  void happen(Scene... scenes) {
    for (Scene scene : scenes) {
      if (scene.at().isAfter(clock.instant())) {
        clock.set(scene.at());
      }
      send(scene);
    }
    applyAll();
  }

  void applyAll() {
    while (work.run() > 0) {
      sent++;
      if (sent > 100_000) {
        throw new IllegalStateException("events stay due");
      }
    }
  }

  List<License> licenses() {
    LicenseFilter all =
        new LicenseFilter(null, null, null, null, null, null, null, clock.instant());
    return database.transactions().read(s -> s.licenses().list(tenant, all, 1_000, null)).data();
  }

  License license() {
    List<License> all = licenses();
    if (all.size() != 1) {
      throw new AssertionError("not one license: " + all);
    }
    return all.getFirst();
  }

  List<CheckoutEvent> events(CheckoutEvent.Status status) {
    return events.list(tenant, new CheckoutEventStore.Filter(null, status), 100, null).data();
  }
}
