package dev.licet.contract;

import static dev.licet.contract.WebhookFixture.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.domain.Tenant;
import dev.licet.domain.account.Account;
import dev.licet.domain.account.AccountStatus;
import dev.licet.domain.account.Accounts;
import dev.licet.domain.delivery.Attempt;
import dev.licet.domain.delivery.Delivery;
import dev.licet.domain.delivery.DeliveryQueue;
import dev.licet.domain.delivery.DeliveryQueue.Outcome;
import dev.licet.domain.delivery.DeliveryQueue.Result;
import dev.licet.domain.delivery.DeliveryQueue.Taken;
import dev.licet.domain.delivery.DeliveryQueue.Want;
import dev.licet.domain.delivery.DeliveryStatus;
import dev.licet.domain.delivery.Dispatcher;
import dev.licet.domain.event.EventFilter;
import dev.licet.domain.event.EventType;
import dev.licet.domain.event.RecordedEvent;
import dev.licet.domain.license.License;
import dev.licet.domain.webhook.DisabledReason;
import dev.licet.domain.webhook.Webhook;
import dev.licet.domain.webhook.WebhookTransport;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How events reach webhooks, whatever receivers, nodes and clocks do. */
@Timeout(60)
abstract class DispatchContract extends Contract {
  private static final String KEY = "TO-8Q2M-4TRX-9KFA-7D1C";
  private static final String SHOP = "shop.example.com";
  private static final String OTHER = "other.example.org";

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
  void eventReachesThoseWhoWantItAndNoOneElse() {
    hooks.webhook(tenant, SHOP, "license.*");
    hooks.webhook(tenant, OTHER, "activation.created", "quota.warning");
    hooks.webhook(new Tenant(tenant.accountNo(), false), "test.example.net", "*");
    hooks.webhook(fixture.account("stranger"), "stranger.example.net", "*");
    hooks.dispatch();
    String event = hooks.happen(license, EventType.LICENSE_CREATED);
    hooks.until(tenant, DeliveryStatus.SUCCEEDED, 1);
    assertEquals(List.of(event), hooks.receivers.ids(SHOP));
    for (String host : List.of(OTHER, "test.example.net", "stranger.example.net")) {
      assertEquals(List.of(), hooks.receivers.ids(host));
    }
    var request = hooks.receivers.of(SHOP).getFirst();
    assertTrue(request.headers().get("webhook-signature").startsWith("v1,"));
    assertEquals("application/json", request.headers().get("content-type"));
    assertEquals("Licet/test", request.headers().get("user-agent"));
    assertEquals("7", request.headers().get("X-Shop"));
    assertTrue(Receivers.body(request).contains("\"id\":\"" + event + "\""));
    Attempt attempt = hooks.only(tenant).attempts().getFirst();
    assertEquals(200, attempt.status());
    assertEquals("ok", attempt.answer());
  }

  @Test
  void twoDispatchersLoseNothingAndShareTheWork() {
    hooks.webhook(tenant, SHOP, "*");
    hooks.webhook(tenant, OTHER, "*");
    hooks.dispatch();
    hooks.dispatch();
    Set<String> happened = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      happened.add(hooks.happen(license, EventType.LICENSE_UPDATED));
    }
    until(() -> hooks.receivers.of(SHOP).size() >= 200 && hooks.receivers.of(OTHER).size() >= 200);
    until(() -> hooks.list(tenant, DeliveryStatus.PENDING).isEmpty());
    for (String host : List.of(SHOP, OTHER)) {
      assertEquals(200, hooks.receivers.ids(host).size(), "each came once");
      assertEquals(happened, new HashSet<>(hooks.receivers.ids(host)));
    }
  }

  @Test
  void whatANodeTookBeforeItDiedIsSentByAnother() {
    Webhook webhook = hooks.webhook(tenant, SHOP, "*");
    String event = hooks.happen(license, EventType.LICENSE_CREATED);
    assertEquals(1, take(webhook, 5).size());
    assertEquals(0, take(webhook, 5).size(), "it has a lease");
    hooks.dispatch();
    hooks.clock.advance(Duration.ofSeconds(61));
    hooks.until(tenant, DeliveryStatus.SUCCEEDED, 1);
    assertEquals(List.of(event), hooks.receivers.ids(SHOP));
  }

  @Test
  void resultOfALeaseThatEndedIsAnAttemptOnly() {
    Webhook webhook = hooks.webhook(tenant, SHOP, "*");
    hooks.happen(license, EventType.LICENSE_CREATED);
    Taken first = take(webhook, 1).getFirst();
    hooks.clock.advance(Duration.ofSeconds(61));
    Taken second = take(webhook, 1).getFirst();
    settle(first, Outcome.FAILED);
    assertEquals(DeliveryStatus.PENDING, hooks.only(tenant).status());
    assertEquals(1, hooks.only(tenant).attempts().size());
    settle(second, Outcome.SUCCEEDED);
    assertEquals(DeliveryStatus.SUCCEEDED, hooks.only(tenant).status());
    assertEquals(2, hooks.only(tenant).attempts().size());
  }

  @Test
  void failureIsTriedAgainOnTimeWithTheSameId() {
    hooks.webhook(tenant, SHOP, "*");
    hooks.receivers.answer(SHOP, 500);
    hooks.dispatch();
    String event = hooks.happen(license, EventType.LICENSE_CREATED);
    hooks.until(tenant, DeliveryStatus.RETRYING, 1);
    Instant due = hooks.only(tenant).dueAt();
    assertNotNull(due);
    assertTrue(due.isBefore(hooks.clock.instant().plusSeconds(6)));
    hooks.receivers.answer(SHOP, 204);
    hooks.clock.advance(Duration.ofSeconds(4));
    assertEquals(1, hooks.receivers.of(SHOP).size());
    hooks.clock.advance(Duration.ofSeconds(2));
    hooks.until(tenant, DeliveryStatus.SUCCEEDED, 1);
    assertEquals(List.of(event, event), hooks.receivers.ids(SHOP));
    assertEquals(
        List.of(500, 204), hooks.only(tenant).attempts().stream().map(Attempt::status).toList());
  }

  @Test
  void receiverThatAsksForTimeGetsIt() {
    hooks.webhook(tenant, SHOP, "*");
    hooks.receivers.answer(
        SHOP,
        request ->
            new WebhookTransport.Result.Answered(
                503, "later", Duration.ofHours(1), Duration.ofMillis(1)));
    hooks.dispatch();
    hooks.happen(license, EventType.LICENSE_CREATED);
    hooks.until(tenant, DeliveryStatus.RETRYING, 1);
    Instant due = hooks.only(tenant).dueAt();
    assertNotNull(due);
    assertFalse(due.isBefore(hooks.clock.instant().plus(Duration.ofHours(1))));
  }

  @Test
  void tenFailuresAreTheEnd() {
    hooks.webhook(tenant, SHOP, "*");
    hooks.receivers.answer(
        SHOP,
        request ->
            new WebhookTransport.Result.Failed(
                WebhookTransport.Trouble.CONNECTION_REFUSED, "nobody", Duration.ZERO));
    hooks.dispatch();
    hooks.happen(license, EventType.LICENSE_CREATED);
    for (int made = 1; made < 10; made++) {
      int attempts = made;
      until(() -> hooks.only(tenant).attempts().size() == attempts);
      Instant due = hooks.only(tenant).dueAt();
      assertNotNull(due);
      hooks.clock.set(due);
    }
    hooks.until(tenant, DeliveryStatus.FAILED, 1);
    Delivery delivery = hooks.only(tenant);
    assertEquals(10, delivery.attempts().size());
    assertNull(delivery.dueAt());
    assertEquals("connection_refused: nobody", delivery.attempts().getFirst().error());
    assertTrue(hooks.webhooks.list(tenant, 10, null).data().getFirst().failingSince() != null);
  }

  @Test
  void receiverThatIsGoneIsDisabledAndOthersHearOfIt() {
    Webhook webhook = hooks.webhook(tenant, SHOP, "*");
    hooks.webhook(tenant, OTHER, "webhook.*");
    hooks.receivers.answer(SHOP, 410);
    hooks.dispatch();
    hooks.happen(license, EventType.LICENSE_CREATED);
    hooks.until(tenant, DeliveryStatus.SUCCEEDED, 1);
    Webhook after = hooks.webhooks.get(tenant, webhook.id());
    assertFalse(after.enabled());
    assertEquals(DisabledReason.GONE, after.disabledReason());
    assertTrue(Receivers.body(hooks.receivers.of(OTHER).getFirst()).contains(webhook.id()));
    hooks.happen(license, EventType.LICENSE_UPDATED);
    assertEquals(2, hooks.list(tenant, null).size(), "nothing new for who is disabled");
    assertEquals(1, events(EventType.WEBHOOK_DISABLED).size());
  }

  @Test
  void fiveDaysOfFailuresDisable() {
    Webhook webhook = hooks.webhook(tenant, SHOP, "*");
    hooks.receivers.answer(SHOP, 500);
    hooks.dispatch();
    for (int day = 0; day < 5; day++) {
      assertTrue(hooks.webhooks.get(tenant, webhook.id()).enabled(), "day " + day);
      int before = hooks.receivers.of(SHOP).size();
      hooks.happen(license, EventType.LICENSE_UPDATED);
      until(() -> hooks.receivers.of(SHOP).size() > before);
      until(() -> hooks.list(tenant, DeliveryStatus.PENDING).isEmpty());
      hooks.clock.advance(Duration.ofDays(1));
    }
    until(() -> !hooks.webhooks.get(tenant, webhook.id()).enabled());
    assertEquals(DisabledReason.FAILING, hooks.webhooks.get(tenant, webhook.id()).disabledReason());
  }

  @Test
  void successEndsTheDaysOfFailures() {
    Webhook webhook = hooks.webhook(tenant, SHOP, "*");
    hooks.receivers.answer(SHOP, 500);
    hooks.dispatch();
    hooks.happen(license, EventType.LICENSE_UPDATED);
    until(() -> hooks.webhooks.get(tenant, webhook.id()).failingSince() != null);
    hooks.receivers.answer(SHOP, 200);
    hooks.clock.advance(Duration.ofDays(4));
    until(() -> hooks.webhooks.get(tenant, webhook.id()).failingSince() == null);
    hooks.receivers.answer(SHOP, 500);
    hooks.clock.advance(Duration.ofDays(4));
    hooks.happen(license, EventType.LICENSE_UPDATED);
    hooks.until(tenant, DeliveryStatus.RETRYING, 1);
    assertTrue(hooks.webhooks.get(tenant, webhook.id()).enabled());
  }

  @Test
  void whatWaitedForADisabledOneGoesOnWhenItIsEnabled() {
    Webhook webhook = hooks.webhook(tenant, SHOP, "*");
    String event = hooks.happen(license, EventType.LICENSE_CREATED);
    hooks.webhooks.update(
        WebhookFixture.caller(tenant), webhook.id(), WebhookFixture.enabled(false));
    hooks.dispatch();
    hooks.happen(license, EventType.LICENSE_UPDATED);
    assertEquals(List.of(), database.deliveries().due(hooks.clock.instant()));
    assertEquals(0, take(webhook, 5).size());
    hooks.webhooks.update(
        WebhookFixture.caller(tenant), webhook.id(), WebhookFixture.enabled(true));
    hooks.until(tenant, DeliveryStatus.SUCCEEDED, 1);
    assertEquals(List.of(event), hooks.receivers.ids(SHOP));
  }

  @Test
  void nothingIsSentForASuspendedAccount() {
    Webhook webhook = hooks.webhook(tenant, SHOP, "*");
    Accounts accounts =
        new Accounts(
            database.transactions(), fixture.ids, new SecureRandom(), hooks.clock, Duration.ZERO);
    Account account = accounts.get(tenant).account();
    accounts.update(account.id(), Accounts.Update.of(AccountStatus.SUSPENDED));
    hooks.happen(license, EventType.LICENSE_CREATED);
    assertEquals(List.of(), database.deliveries().due(hooks.clock.instant()));
    assertEquals(0, take(webhook, 5).size());
    accounts.update(account.id(), Accounts.Update.of(AccountStatus.ACTIVE));
    hooks.dispatch();
    hooks.until(tenant, DeliveryStatus.SUCCEEDED, 1);
  }

  @Test
  void receiverThatHangsKeepsNobodyElseWaiting() throws InterruptedException {
    CountDownLatch hang = new CountDownLatch(1);
    hooks.receivers.answer(
        SHOP,
        request -> {
          try {
            hang.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          return Receivers.status(200, "at last");
        });
    hooks.webhook(tenant, SHOP, "*");
    hooks.webhook(tenant, OTHER, "*");
    Dispatcher dispatcher = hooks.dispatch();
    for (int i = 0; i < 50; i++) {
      hooks.happen(license, EventType.LICENSE_UPDATED);
    }
    until(() -> new HashSet<>(hooks.receivers.ids(OTHER)).size() == 50);
    assertTrue(hooks.receivers.most(SHOP) <= 2, "a new receiver gets two at once");
    until(() -> dispatcher.running() <= 2);
    hang.countDown();
    hooks.until(tenant, DeliveryStatus.SUCCEEDED, 100);
    assertTrue(hooks.receivers.most(SHOP) <= 10);
  }

  @Test
  void keysAreInTheMessageAndNowhereElse() {
    hooks.webhooks.create(
        WebhookFixture.caller(tenant), WebhookFixture.fields(SHOP, true, "license.*"));
    hooks.webhook(tenant, OTHER, "license.*");
    hooks.receivers.answer(
        SHOP, request -> Receivers.status(200, "got " + Receivers.body(request)));
    hooks.dispatch();
    hooks.happen(license, EventType.LICENSE_CREATED);
    hooks.until(tenant, DeliveryStatus.SUCCEEDED, 2);
    assertTrue(Receivers.body(hooks.receivers.of(SHOP).getFirst()).contains(license.key()));
    assertFalse(Receivers.body(hooks.receivers.of(OTHER).getFirst()).contains(license.key()));
    for (Delivery delivery : hooks.list(tenant, null)) {
      assertFalse(delivery.toString().contains(license.key()), "the answer is kept masked");
    }
    for (RecordedEvent event : events(EventType.LICENSE_CREATED)) {
      assertFalse(event.data().contains(license.key()));
    }
  }

  @Test
  void whatStoppedBeforeItBeganIsNoAttempt() {
    hooks.webhook(tenant, SHOP, "*");
    hooks.receivers.answer(
        SHOP,
        request ->
            new WebhookTransport.Result.Failed(
                WebhookTransport.Trouble.STOPPED, "stopping", Duration.ZERO));
    Dispatcher dispatcher = hooks.dispatch();
    hooks.happen(license, EventType.LICENSE_CREATED);
    until(() -> !hooks.receivers.of(SHOP).isEmpty());
    dispatcher.close();
    until(this::isDueAgain); // another node need not wait until the lease ends
    assertEquals(DeliveryStatus.PENDING, hooks.only(tenant).status());
    assertEquals(List.of(), hooks.only(tenant).attempts());
  }

  private boolean isDueAgain() {
    Instant due = hooks.only(tenant).dueAt();
    return due != null && !due.isAfter(hooks.clock.instant());
  }

  private List<RecordedEvent> events(EventType type) {
    return database
        .transactions()
        .read(stores ->
            stores
                .events()
                .list(tenant, new EventFilter(Set.of(type), null, null, null), 100, null))
        .data();
  }

  private List<Taken> take(Webhook webhook, int count) {
    DeliveryQueue queue = database.deliveries();
    Instant now = hooks.clock.instant();
    return queue
        .exchange(List.of(), List.of(new Want(webhook.no(), count)), now, now.plusSeconds(60))
        .taken();
  }

  private void settle(Taken delivery, Outcome outcome) {
    Instant now = hooks.clock.instant();
    Attempt attempt = new Attempt(now, 200, Duration.ofMillis(1), "", null);
    database
        .deliveries()
        .exchange(
            new ArrayList<>(List.of(new Result(delivery, outcome, null, attempt))),
            List.of(),
            now,
            now.plusSeconds(60));
  }
}
