package dev.licet.domain.webhook;

import dev.licet.domain.Caller;
import dev.licet.domain.Failure.Conflict.Code;
import dev.licet.domain.Failure.Forbidden;
import dev.licet.domain.FailureException;
import dev.licet.domain.Given;
import dev.licet.domain.IsoDuration;
import dev.licet.domain.Page;
import dev.licet.domain.Stores;
import dev.licet.domain.Tenant;
import dev.licet.domain.Transactions;
import dev.licet.domain.account.Scope;
import dev.licet.domain.audit.AuditRecord;
import dev.licet.domain.event.Actor;
import dev.licet.domain.event.Event;
import dev.licet.domain.event.EventType;
import dev.licet.domain.id.Ids;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The webhooks of an account, as its API keys see and change them. */
public final class Webhooks {
  private final Transactions transactions;
  private final Ids ids;
  private final SecureRandom random;
  private final InstantSource clock;

  public Webhooks(Transactions transactions, Ids ids, SecureRandom random, InstantSource clock) {
    this.transactions = transactions;
    this.ids = ids;
    this.random = random;
    this.clock = clock;
  }

  /** What a caller may set; what is absent is left as it is, or is as usual. */
  public record Fields(
      Given<String> url,
      Given<List<String>> events,
      Given<String> description,
      Given<Boolean> enabled,
      Given<Boolean> includeKeys,
      Given<Boolean> ed25519,
      Given<Map<String, String>> headers) {}

  /** A webhook with a new secret, which is known now and never again. */
  public record WithSecret(Webhook webhook, WebhookSecret secret) {}

  /** Newest first. */
  public Page<Webhook> list(Tenant tenant, int limit, @Nullable String startingAfter) {
    return transactions.read(stores -> stores.webhooks().list(tenant, limit, startingAfter));
  }

  /**
   * One webhook.
   *
   * @throws FailureException when the tenant has none of that id
   */
  public Webhook get(Tenant tenant, String id) {
    return transactions.read(
        stores -> stores.webhooks().find(tenant, id).orElseThrow(Webhooks::notFound));
  }

  /**
   * Adds a webhook.
   *
   * @param fields with a URL and events
   * @throws FailureException when there are too many, or it would get keys that the caller may not
   *     see
   */
  public WithSecret create(Caller caller, Fields fields) {
    Instant now = now();
    WebhookKeyPair pair = WebhookKeyPair.generate(random);
    Webhook fresh = with(blank(caller.tenant(), pair, now), fields, now);
    requireReveal(caller, fresh);
    WebhookSecret secret = WebhookSecret.generate(random);
    WebhookKeys keys =
        new WebhookKeys(
            List.of(new WebhookKeys.DatedSecret(secret, null)),
            pair,
            headers(fields.headers(), Map.of()));
    return transactions.write(stores -> {
      requireRoom(stores, caller.tenant());
      Webhook stored = stores.webhooks().insert(fresh, keys);
      record(stores, "webhook.created", null, stored);
      return new WithSecret(stored, secret);
    });
  }

  /**
   * Changes what is given. A webhook that the server gave up gets another chance when it is
   * enabled.
   *
   * @throws FailureException when the tenant has none of that id, or it would get keys that the
   *     caller may not see
   */
  public Webhook update(Caller caller, String id, Fields fields) {
    Instant now = now();
    return transactions.write(stores -> {
      Webhook before = lock(stores, caller.tenant(), id);
      Webhook after = with(before, fields, now);
      requireReveal(caller, after);
      if (fields.headers().present()) {
        WebhookKeys keys = stores.webhooks().keys(before);
        stores.webhooks().update(after, keys.with(headers(fields.headers(), keys.headers())));
      } else {
        stores.webhooks().update(after);
      }
      if (after.enabled() && !before.enabled()) {
        stores.webhooks().forgetFailures(after.no());
        stores.deliveries().wake(after.no());
      }
      record(stores, "webhook.updated", before, after);
      return after;
    });
  }

  /**
   * Deletes a webhook; what still waits for it is not sent.
   *
   * @throws FailureException when the tenant has none of that id
   */
  public void delete(Caller caller, String id) {
    Instant now = now();
    transactions.run(stores -> {
      Webhook webhook = lock(stores, caller.tenant(), id);
      stores.webhooks().delete(webhook, now);
      record(stores, "webhook.deleted", webhook, null);
    });
  }

  /**
   * Puts a new secret into the place of the current one.
   *
   * @param overlap how long the old one signs beside it; {@code null} is not at all
   * @throws FailureException when the tenant has no webhook of that id
   */
  public WithSecret rotateSecret(Caller caller, String id, @Nullable IsoDuration overlap) {
    Instant now = now();
    WebhookSecret secret = WebhookSecret.generate(random);
    return transactions.write(stores -> {
      Webhook webhook = lock(stores, caller.tenant(), id);
      Instant until = overlap == null ? null : overlap.after(now);
      WebhookKeys keys = stores.webhooks().keys(webhook).rotated(secret, until, now);
      stores.webhooks().update(webhook, keys);
      record(stores, "webhook.secret_rotated", webhook, webhook);
      return new WithSecret(webhook, secret);
    });
  }

  /**
   * Sends a webhook, and no other one, an event that means nothing.
   *
   * @return the id of the delivery
   * @throws FailureException when the tenant has none of that id, or it is disabled
   */
  public String test(Caller caller, String id) {
    Instant now = now();
    return transactions.write(stores -> {
      Webhook webhook = lock(stores, caller.tenant(), id);
      requireEnabled(webhook);
      Event ping =
          Event.ofTenant(
              ids.next(Ids.EVENT),
              EventType.PING,
              now,
              webhook.tenant(),
              Map.of("webhook", Map.of("id", webhook.id())),
              null,
              caller.actor());
      stores.outbox().append(ping);
      String delivery = stores.deliveries().add(webhook, ping.id(), now);
      record(stores, "webhook.tested", webhook, webhook);
      return delivery;
    });
  }

  /** Gives a webhook up, unless it is disabled already. */
  public void disable(long webhookNo, DisabledReason reason) {
    Instant now = now();
    transactions.run(stores -> {
      Webhook before = stores.webhooks().lock(webhookNo).orElse(null);
      if (before == null || !before.enabled()) {
        return;
      }
      Webhook after = before.disabled(reason, now);
      stores.webhooks().update(after);
      // Without the URL, which may hold a credential.
      Map<String, String> told = Map.of("id", after.id(), "disabled_reason", reason.text());
      stores
          .outbox()
          .append(
              Event.ofTenant(
                  ids.next(Ids.EVENT),
                  EventType.WEBHOOK_DISABLED,
                  now,
                  after.tenant(),
                  Map.of("webhook", told),
                  reason.sentence(),
                  Actor.SYSTEM));
      record(stores, "webhook.disabled", before, after);
    });
  }

  /**
   * Refuses what only makes sense for a webhook that is enabled.
   *
   * @throws FailureException when it is not
   */
  public static void requireEnabled(Webhook webhook) {
    if (!webhook.enabled()) {
      throw FailureException.conflict(
          Code.WEBHOOK_DISABLED, "The webhook is disabled. Enable it first.");
    }
  }

  /** The refusal of an id that the tenant has no webhook of. */
  public static FailureException notFound() {
    return FailureException.notFound("webhook");
  }

  /** The webhook of an id, locked until the transaction ends. */
  public static Webhook lock(Stores stores, Tenant tenant, String id) {
    return stores.webhooks().lock(tenant, id).orElseThrow(Webhooks::notFound);
  }

  private Webhook blank(Tenant tenant, WebhookKeyPair pair, Instant now) {
    return new Webhook(
        0,
        ids.next(Ids.WEBHOOK),
        tenant,
        "",
        null,
        List.of(),
        true,
        null,
        null,
        false,
        false,
        List.of(),
        pair.publicText(),
        null,
        null,
        now,
        now);
  }

  private static Webhook with(Webhook before, Fields fields, Instant now) {
    boolean enabled = flag(fields.enabled(), before.enabled());
    String url = fields.url().value();
    List<String> events = fields.events().value();
    boolean stays = enabled == before.enabled();
    return new Webhook(
        before.no(),
        before.id(),
        before.tenant(),
        url == null ? before.url() : url,
        fields.description().or(before.description()),
        events == null ? before.events() : events,
        enabled,
        stays ? before.disabledReason() : null,
        stays ? before.disabledAt() : null,
        flag(fields.includeKeys(), before.includeKeys()),
        flag(fields.ed25519(), before.ed25519()),
        fields.headers().present()
            ? headers(fields.headers(), Map.of()).keySet().stream().sorted().toList()
            : before.headerNames(),
        before.publicKey(),
        stays ? before.failingSince() : null,
        enabled ? before.replay() : null,
        before.createdAt(),
        now);
  }

  private static boolean flag(Given<Boolean> given, boolean otherwise) {
    Boolean value = given.value();
    return value == null ? otherwise : value;
  }

  private static Map<String, String> headers(
      Given<Map<String, String>> given, Map<String, String> otherwise) {
    Map<String, String> value = given.value();
    return value == null ? otherwise : value;
  }

  /** Who may not see licence keys may not have them sent anywhere either. */
  private static void requireReveal(Caller caller, Webhook webhook) {
    if (webhook.includeKeys() && !caller.may(Scope.LICENSES_REVEAL)) {
      throw FailureException.forbidden(
          Forbidden.Code.INSUFFICIENT_SCOPE,
          "A webhook that gets license keys in full needs the scope licenses:reveal.");
    }
  }

  /** With the account's row locked, so that no two callers take the last place. */
  private static void requireRoom(Stores stores, Tenant tenant) {
    stores.accounts().lock(tenant.accountNo());
    if (stores.webhooks().count(tenant) >= Webhook.MAX_PER_TENANT) {
      throw FailureException.conflict(
          Code.WEBHOOK_LIMIT_REACHED,
          "The account has " + Webhook.MAX_PER_TENANT + " webhooks, which is as many as it may.");
    }
  }

  private static void record(
      Stores stores, String action, @Nullable Webhook before, @Nullable Webhook after) {
    Webhook webhook = after == null ? before : after;
    if (webhook != null) {
      Tenant tenant = webhook.tenant();
      stores
          .audit()
          .append(
              new AuditRecord(
                  tenant.accountNo(), tenant.live(), action, webhook.id(), before, after, null));
    }
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
