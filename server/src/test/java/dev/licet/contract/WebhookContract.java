package dev.licet.contract;

import static dev.licet.contract.WebhookFixture.caller;
import static dev.licet.contract.WebhookFixture.fields;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.domain.Caller;
import dev.licet.domain.Failure;
import dev.licet.domain.FailureException;
import dev.licet.domain.Given;
import dev.licet.domain.IsoDuration;
import dev.licet.domain.Tenant;
import dev.licet.domain.account.Grant;
import dev.licet.domain.account.Scope;
import dev.licet.domain.delivery.Delivery;
import dev.licet.domain.delivery.DeliveryFilter;
import dev.licet.domain.delivery.DeliveryQueue.Outcome;
import dev.licet.domain.delivery.DeliveryStatus;
import dev.licet.domain.delivery.Replays;
import dev.licet.domain.event.EventType;
import dev.licet.domain.license.License;
import dev.licet.domain.webhook.Replay;
import dev.licet.domain.webhook.Webhook;
import dev.licet.domain.webhook.WebhookKeys;
import dev.licet.domain.webhook.Webhooks;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

/** Webhooks and what was sent to them, as accounts see and change them. */
@Timeout(60)
abstract class WebhookContract extends Contract {
  private static final String KEY = "TO-8Q2M-4TRX-9KFA-7D1C";
  private static final String HOST = "shop.example.com";

  private WebhookFixture hooks;
  private Tenant tenant;
  private License license;

  @BeforeEach
  void prepare() {
    hooks = new WebhookFixture(database, fixture);
    tenant = fixture.account("hooked");
    license = fixture.insert(tenant, KEY);
  }

  @AfterEach
  void stop() {
    hooks.close();
  }

  @Test
  void webhookIsReadAsItWasWritten() {
    Webhooks.WithSecret created =
        hooks.webhooks.create(caller(tenant), fields(HOST, true, "license.*", "ping"));
    Webhook webhook = created.webhook();
    assertEquals(webhook, hooks.webhooks.get(tenant, webhook.id()));
    assertEquals(List.of(webhook), hooks.webhooks.list(tenant, 10, null).data());
    WebhookKeys keys = keys(webhook);
    assertEquals(List.of(created.secret()), keys.signingAt(hooks.clock.instant()));
    assertEquals(Map.of("X-Shop", "7"), keys.headers());
    assertEquals(webhook.publicKey(), keys.pair().publicText());
  }

  @Test
  void secretsAreNotInTheDatabase() throws SQLException {
    Webhooks.WithSecret created =
        hooks.webhooks.create(
            caller(tenant),
            new Webhooks.Fields(
                Given.of("https://" + HOST),
                Given.of(List.of("*")),
                Given.absent(),
                Given.absent(),
                Given.absent(),
                Given.absent(),
                Given.of(Map.of("Authorization", "Bearer hidden-token"))));
    hooks.webhooks.rotateSecret(caller(tenant), created.webhook().id(), null);
    for (String table : List.of("webhooks", "audit_log", "outbox_events")) {
      String rows = dump(table);
      assertFalse(rows.contains("hidden-token"), table);
      assertFalse(rows.contains(created.secret().text()), table);
      assertFalse(rows.contains(created.secret().text().substring("whsec_".length())), table);
    }
  }

  @Test
  void oldSecretSignsDuringTheOverlapOnly() {
    Webhooks.WithSecret created = hooks.webhooks.create(caller(tenant), fields(HOST, false, "*"));
    IsoDuration hour = IsoDuration.read("PT1H").orElseThrow();
    var second = hooks.webhooks.rotateSecret(caller(tenant), created.webhook().id(), hour);
    WebhookKeys keys = keys(created.webhook());
    assertEquals(List.of(second.secret(), created.secret()), keys.signingAt(hooks.clock.instant()));
    hooks.clock.advance(Duration.ofMinutes(61));
    assertEquals(List.of(second.secret()), keys.signingAt(hooks.clock.instant()));
    var third = hooks.webhooks.rotateSecret(caller(tenant), created.webhook().id(), null);
    assertEquals(List.of(third.secret()), keys(created.webhook()).signingAt(hooks.clock.instant()));
  }

  @Test
  void accountsAndModesDoNotSeeEachOther() {
    Webhook webhook = hooks.webhook(tenant, HOST, "*");
    hooks.happen(license, EventType.LICENSE_CREATED);
    Delivery delivery = hooks.only(tenant);
    Tenant test = new Tenant(tenant.accountNo(), false);
    for (Tenant other : List.of(test, fixture.account("stranger"))) {
      assertNotFound(() -> hooks.webhooks.get(other, webhook.id()));
      assertNotFound(
          () -> hooks.webhooks.update(caller(other), webhook.id(), fields("x.example", false)));
      assertNotFound(() -> hooks.webhooks.rotateSecret(caller(other), webhook.id(), null));
      assertNotFound(() -> hooks.webhooks.test(caller(other), webhook.id()));
      assertNotFound(
          () -> hooks.deliveries.replay(caller(other), webhook.id(), Replay.Of.ALL, Instant.EPOCH));
      assertNotFound(() -> hooks.deliveries.get(other, delivery.id()));
      assertNotFound(() -> hooks.deliveries.redeliver(caller(other), delivery.id()));
      assertNotFound(() ->
          hooks.deliveries.list(other, new DeliveryFilter(webhook.id(), null, null), 9, null));
      assertEquals(List.of(), hooks.list(other, null));
      assertEquals(List.of(), hooks.webhooks.list(other, 10, null).data());
    }
    assertEquals(webhook, hooks.webhooks.get(tenant, webhook.id()));
  }

  @Test
  void manyAtOnceDoNotPassTheLimit() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> created = new ArrayList<>();
      for (int i = 0; i < Webhook.MAX_PER_TENANT + 8; i++) {
        Callable<Boolean> creation =
            () -> {
              try {
                hooks.webhook(tenant, HOST, "*");
                return true;
              } catch (FailureException e) {
                return false;
              }
            };
        created.add(threads.submit(creation));
      }
      int count = 0;
      for (Future<Boolean> each : created) {
        count += each.get() ? 1 : 0;
      }
      assertEquals(Webhook.MAX_PER_TENANT, count);
    }
    hooks.webhook(new Tenant(tenant.accountNo(), false), HOST, "*");
    String first = hooks.webhooks.list(tenant, 1, null).data().getFirst().id();
    hooks.webhooks.delete(caller(tenant), first);
    hooks.webhook(tenant, HOST, "*");
  }

  @Test
  void keysGoOnlyWhereTheCallerMaySeeThem() {
    Caller blind =
        new Caller(tenant, "key_blind", new Grant(Set.of(Scope.WEBHOOKS), null, List.of()));
    assertThrows(
        FailureException.class, () -> hooks.webhooks.create(blind, fields(HOST, true, "*")));
    Webhook webhook = hooks.webhooks.create(caller(tenant), fields(HOST, true, "*")).webhook();
    Webhooks.Fields elsewhere =
        new Webhooks.Fields(
            Given.of("https://evil.example"),
            Given.absent(),
            Given.absent(),
            Given.absent(),
            Given.absent(),
            Given.absent(),
            Given.absent());
    assertThrows(
        FailureException.class, () -> hooks.webhooks.update(blind, webhook.id(), elsewhere));
    hooks.webhooks.update(blind, webhook.id(), fields("good.example.com", false, "*"));
  }

  @Test
  void changeThatIsUndoneSendsNothing() {
    hooks.webhook(tenant, HOST, "*");
    database
        .transactions()
        .joined(stores -> {
          hooks.happen(license, EventType.LICENSE_CREATED);
          assertThrows(
              IllegalStateException.class,
              () ->
                  database
                      .transactions()
                      .write(inner -> {
                        hooks.happen(license, EventType.LICENSE_REVOKED);
                        throw new IllegalStateException("undone");
                      }));
          return true;
        });
    assertEquals("license.created", hooks.only(tenant).type());
  }

  @Test
  void pingGoesToOneWebhookOnly() {
    hooks.webhook(tenant, "other.example.org", "*");
    Webhook webhook = hooks.webhook(tenant, HOST, "license.created");
    String id = hooks.webhooks.test(caller(tenant), webhook.id());
    assertEquals(id, hooks.only(tenant).id());
    assertEquals("ping", hooks.only(tenant).type());
    hooks.webhooks.update(caller(tenant), webhook.id(), WebhookFixture.enabled(false));
    assertThrows(FailureException.class, () -> hooks.webhooks.test(caller(tenant), webhook.id()));
  }

  @Test
  void deliveriesAreListedByPageStatusAndType() {
    Webhook first = hooks.webhook(tenant, HOST, "*");
    Webhook second = hooks.webhook(tenant, "other.example.org", "license.updated");
    for (int i = 0; i < 3; i++) {
      hooks.happen(license, EventType.LICENSE_UPDATED);
      hooks.happen(license, EventType.LICENSE_RENEWED);
    }
    hooks.take(first, 2, Outcome.SUCCEEDED);
    hooks.take(first, 1, Outcome.FAILED);
    List<String> all = ids(null, null, null, 100, null);
    assertEquals(9, all.size());
    assertEquals(all.stream().sorted(Comparator.reverseOrder()).toList(), all);
    List<String> paged = new ArrayList<>(ids(null, null, null, 4, null));
    paged.addAll(ids(null, null, null, 4, paged.getLast()));
    paged.addAll(ids(null, null, null, 4, paged.getLast()));
    assertEquals(all, paged);
    assertEquals(3, ids(second.id(), null, null, 100, null).size());
    assertEquals(2, ids(null, DeliveryStatus.SUCCEEDED, null, 100, null).size());
    assertEquals(1, ids(first.id(), DeliveryStatus.FAILED, null, 100, null).size());
    assertEquals(3, ids(null, null, EventType.LICENSE_RENEWED, 100, null).size());
    assertEquals(
        3, ids(second.id(), DeliveryStatus.PENDING, EventType.LICENSE_UPDATED, 100, null).size());
  }

  @Test
  void redeliveryBeginsAnew() {
    Webhook webhook = hooks.webhook(tenant, HOST, "*");
    hooks.happen(license, EventType.LICENSE_UPDATED);
    hooks.take(webhook, 1, Outcome.FAILED);
    Delivery failed = hooks.only(tenant);
    assertEquals(DeliveryStatus.FAILED, failed.status());
    Delivery again = hooks.deliveries.redeliver(caller(tenant), failed.id());
    assertEquals(DeliveryStatus.PENDING, again.status());
    assertNull(again.finishedAt());
    assertEquals(1, again.attempts().size());
    hooks.take(webhook, 1, Outcome.SUCCEEDED);
    assertEquals(2, hooks.only(tenant).attempts().size());
  }

  @Test
  void replayOfFailuresTakesThoseSinceATimeOnly() {
    Webhook webhook = hooks.webhook(tenant, HOST, "*");
    for (int i = 0; i < 5; i++) {
      hooks.happen(license, EventType.LICENSE_UPDATED);
    }
    hooks.take(webhook, 3, Outcome.FAILED);
    hooks.take(webhook, 2, Outcome.SUCCEEDED);
    hooks.clock.advance(Duration.ofSeconds(1));
    Instant future = hooks.clock.instant().plusSeconds(60);
    hooks.deliveries.replay(caller(tenant), webhook.id(), Replay.Of.FAILED, future);
    replay(2);
    assertEquals(0, hooks.list(tenant, DeliveryStatus.PENDING).size());
    hooks.deliveries.replay(caller(tenant), webhook.id(), Replay.Of.FAILED, Fixture.NOW);
    replay(2);
    assertEquals(3, hooks.list(tenant, DeliveryStatus.PENDING).size());
    assertEquals(2, hooks.list(tenant, DeliveryStatus.SUCCEEDED).size());
    assertNull(hooks.webhooks.get(tenant, webhook.id()).replay());
  }

  @Test
  void replayOfAllFindsWhatWasMissed() {
    Instant start = Instant.now().minusSeconds(5);
    hooks.happen(license, EventType.LICENSE_CREATED, start.minusSeconds(3600));
    hooks.happen(license, EventType.LICENSE_UPDATED, start.plusSeconds(1));
    Webhook webhook = hooks.webhook(tenant, HOST, "license.updated");
    hooks.happen(license, EventType.LICENSE_UPDATED, start.plusSeconds(2));
    hooks.happen(license, EventType.LICENSE_RENEWED, start.plusSeconds(3));
    hooks.take(webhook, 1, Outcome.SUCCEEDED);
    hooks.webhooks.test(caller(tenant), webhook.id());
    hooks.take(webhook, 1, Outcome.SUCCEEDED);
    hooks.clock.advance(Duration.ofSeconds(10));
    hooks.deliveries.replay(caller(tenant), webhook.id(), Replay.Of.ALL, start);
    replay(1);
    assertEquals(2, hooks.list(tenant, DeliveryStatus.PENDING).size());
    assertTrue(
        hooks.list(tenant, DeliveryStatus.PENDING).stream()
            .allMatch(delivery -> delivery.type().equals("license.updated")));
  }

  @Test
  void whatIsOldIsForgottenAndWhatIsNotStays() {
    Webhook webhook = hooks.webhook(tenant, HOST, "*");
    for (int i = 0; i < 5; i++) {
      hooks.happen(license, EventType.LICENSE_UPDATED);
    }
    hooks.take(webhook, 2, Outcome.FAILED);
    assertEquals(0, forget(Instant.now().minusSeconds(3600), 10));
    assertEquals(3, forget(Instant.now().plusSeconds(3600), 3));
    assertEquals(2, hooks.list(tenant, null).size());
  }

  @Test
  void deletedWebhookGoesBitByBit() throws SQLException {
    Webhook webhook = hooks.webhook(tenant, HOST, "*");
    for (int i = 0; i < 5; i++) {
      hooks.happen(license, EventType.LICENSE_UPDATED);
    }
    hooks.take(webhook, 2, Outcome.FAILED);
    hooks.webhooks.delete(caller(tenant), webhook.id());
    assertNotFound(() -> hooks.webhooks.get(tenant, webhook.id()));
    assertEquals(List.of(), hooks.list(tenant, null));
    assertEquals(List.of(), database.deliveries().due(hooks.clock.instant()));
    assertEquals(3, remove(3));
    assertEquals(2, remove(3));
    assertEquals(1, remove(3));
    assertEquals(0, remove(3));
    assertEquals("", dump("webhooks") + dump("webhook_deliveries") + dump("webhook_attempts"));
  }

  private void replay(int limit) {
    int done;
    do {
      done = database.transactions().write(s -> Replays.step(s, hooks.clock.instant(), limit));
    } while (done == limit);
  }

  private int remove(int limit) {
    return database.transactions().write(s -> s.webhooks().removeDeleted(limit));
  }

  private int forget(Instant before, int limit) {
    return database.transactions().write(s -> s.deliveries().forget(before, limit));
  }

  private WebhookKeys keys(Webhook webhook) {
    return database.transactions().read(stores -> stores.webhooks().keys(webhook));
  }

  private List<String> ids(
      String webhook, DeliveryStatus status, EventType type, int limit, String after) {
    return hooks
        .deliveries
        .list(tenant, new DeliveryFilter(webhook, status, type), limit, after)
        .data()
        .stream()
        .map(Delivery::id)
        .toList();
  }

  private String dump(String table) throws SQLException {
    StringBuilder rows = new StringBuilder();
    try (Connection connection = backend.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT * FROM " + table)) {
      while (row.next()) {
        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
          Object value = row.getObject(i);
          rows.append(value instanceof byte[] bytes ? new String(bytes, ISO_8859_1) : value)
              .append('|');
        }
      }
    }
    return rows.toString();
  }

  private static void assertNotFound(Executable call) {
    FailureException refused = assertThrows(FailureException.class, call);
    assertTrue(refused.failure() instanceof Failure.NotFound);
  }
}
