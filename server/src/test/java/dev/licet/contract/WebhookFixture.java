package dev.licet.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.domain.Caller;
import dev.licet.domain.Given;
import dev.licet.domain.Tenant;
import dev.licet.domain.account.Grant;
import dev.licet.domain.activation.DomainNames;
import dev.licet.domain.delivery.Attempt;
import dev.licet.domain.delivery.Deliveries;
import dev.licet.domain.delivery.Delivery;
import dev.licet.domain.delivery.DeliveryFilter;
import dev.licet.domain.delivery.DeliveryQueue.Outcome;
import dev.licet.domain.delivery.DeliveryQueue.Result;
import dev.licet.domain.delivery.DeliveryQueue.Want;
import dev.licet.domain.delivery.DeliveryStatus;
import dev.licet.domain.delivery.Dispatcher;
import dev.licet.domain.delivery.Sender;
import dev.licet.domain.event.Actor;
import dev.licet.domain.event.Event;
import dev.licet.domain.event.EventType;
import dev.licet.domain.id.Ids;
import dev.licet.domain.license.License;
import dev.licet.domain.webhook.Webhook;
import dev.licet.domain.webhook.WebhookUrls;
import dev.licet.domain.webhook.Webhooks;
import dev.licet.names.GuavaPublicSuffixes;
import dev.licet.names.IcuIdna;
import dev.licet.store.Database;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Webhooks, events for them, and dispatchers whose clock is moved by hand. */
final class WebhookFixture implements AutoCloseable {
  static final WebhookUrls URLS =
      new WebhookUrls(new DomainNames(new IcuIdna(), new GuavaPublicSuffixes()), false);

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Ahead of the database's, so that whatever happens in a test is due at once. */
  final MovableClock clock = new MovableClock(Instant.now().plusSeconds(600));

  final Receivers receivers = new Receivers();
  final Webhooks webhooks;
  final Deliveries deliveries;

  private final Database database;
  private final Fixture fixture;
  private final List<Dispatcher> dispatchers = new ArrayList<>();

  WebhookFixture(Database database, Fixture fixture) {
    this.database = database;
    this.fixture = fixture;
    this.webhooks = new Webhooks(database.transactions(), fixture.ids, new SecureRandom(), clock);
    this.deliveries = new Deliveries(database.transactions(), clock);
  }

  /** Starts a dispatcher as another node has one. */
  Dispatcher dispatch() {
    Sender sender = new Sender(receivers, URLS, clock, new SecureRandom(), "Licet/test");
    Dispatcher dispatcher =
        new Dispatcher(
            database.deliveries(),
            sender,
            webhooks,
            clock,
            Duration.ofSeconds(60),
            Duration.ofMillis(20));
    database.addListener(dispatcher);
    dispatcher.start();
    dispatchers.add(dispatcher);
    return dispatcher;
  }

  static Caller caller(Tenant tenant) {
    return new Caller(tenant, "key_test", Grant.ALL);
  }

  /** What a webhook at a host wants. */
  static Webhooks.Fields fields(String host, boolean keys, String... events) {
    return new Webhooks.Fields(
        Given.of("https://" + host + "/hook"),
        Given.of(List.of(events)),
        Given.absent(),
        Given.absent(),
        Given.of(keys),
        Given.absent(),
        Given.of(Map.of("X-Shop", "7")));
  }

  /** Changes whether a webhook is enabled, and nothing else. */
  static Webhooks.Fields enabled(boolean enabled) {
    return new Webhooks.Fields(
        Given.absent(),
        Given.absent(),
        Given.absent(),
        Given.of(enabled),
        Given.absent(),
        Given.absent(),
        Given.absent());
  }

  Webhook webhook(Tenant tenant, String host, String... events) {
    return webhooks.create(caller(tenant), fields(host, false, events)).webhook();
  }

  /** Lets something happen to a licence; the id of the event. */
  String happen(License license, EventType type) {
    return happen(license, type, clock.instant());
  }

  String happen(License license, EventType type, Instant at) {
    Event event =
        new Event(fixture.ids.next(Ids.EVENT), type, at, license, null, null, null, Actor.SYSTEM);
    database.transactions().run(stores -> stores.outbox().append(event));
    return event.id();
  }

  /** Takes deliveries, as a dispatcher does, and says what came of them. */
  void take(Webhook webhook, int count, Outcome outcome) {
    Instant now = clock.instant();
    List<Result> results = new ArrayList<>();
    Attempt attempt = new Attempt(now, 200, Duration.ofMillis(1), "", null);
    database
        .deliveries()
        .exchange(List.of(), List.of(new Want(webhook.no(), count)), now, now.plusSeconds(60))
        .taken()
        .forEach(taken -> results.add(new Result(taken, outcome, null, attempt)));
    assertEquals(count, results.size());
    database.deliveries().exchange(results, List.of(), now, now.plusSeconds(60));
  }

  List<Delivery> list(Tenant tenant, @Nullable DeliveryStatus status) {
    return deliveries.list(tenant, new DeliveryFilter(null, status, null), 100, null).data();
  }

  Delivery only(Tenant tenant) {
    List<Delivery> all = list(tenant, null);
    assertTrue(all.size() == 1, () -> all.toString());
    return all.getFirst();
  }

  /** Returns when something has come true. */
  static void until(BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < deadline, "waited too long");
      try {
        Thread.sleep(5);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** Returns when a tenant has so many deliveries of a status. */
  void until(Tenant tenant, DeliveryStatus status, int count) {
    until(() -> list(tenant, status).size() == count);
  }

  @Override
  public void close() {
    dispatchers.forEach(Dispatcher::close);
  }
}
