package dev.licet.domain.delivery;

import dev.licet.domain.Caller;
import dev.licet.domain.FailureException;
import dev.licet.domain.Page;
import dev.licet.domain.Stores;
import dev.licet.domain.Tenant;
import dev.licet.domain.Transactions;
import dev.licet.domain.audit.AuditRecord;
import dev.licet.domain.webhook.Replay;
import dev.licet.domain.webhook.Webhook;
import dev.licet.domain.webhook.Webhooks;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** What was sent to webhooks, as API keys see it and send it again. */
public final class Deliveries {
  private final Transactions transactions;
  private final InstantSource clock;

  public Deliveries(Transactions transactions, InstantSource clock) {
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * Newest first.
   *
   * @throws FailureException when the filter names a webhook that the tenant has not
   */
  public Page<Delivery> list(
      Tenant tenant, DeliveryFilter filter, int limit, @Nullable String startingAfter) {
    return transactions.read(stores -> {
      String webhook = filter.webhookId();
      if (webhook != null && stores.webhooks().find(tenant, webhook).isEmpty()) {
        throw Webhooks.notFound();
      }
      return stores.deliveries().list(tenant, filter, limit, startingAfter);
    });
  }

  /**
   * One delivery.
   *
   * @throws FailureException when the tenant has none of that id
   */
  public Delivery get(Tenant tenant, String id) {
    return transactions.read(stores -> find(stores, tenant, id));
  }

  /**
   * Begins a delivery anew, with all attempts of the schedule.
   *
   * @throws FailureException when the tenant has none of that id, or its webhook is disabled
   */
  public Delivery redeliver(Caller caller, String id) {
    Instant now = now();
    Tenant tenant = caller.tenant();
    return transactions.write(stores -> {
      Delivery delivery = find(stores, tenant, id);
      Webhook webhook = Webhooks.lock(stores, tenant, delivery.webhookId());
      Webhooks.requireEnabled(webhook);
      stores.deliveries().restart(delivery, webhook, now);
      stores
          .audit()
          .append(
              new AuditRecord(
                  tenant.accountNo(), tenant.live(), "delivery.restarted", id, null, null, null));
      return find(stores, tenant, id);
    });
  }

  /**
   * Begins to send again what happened since a moment. Takes the place of a replay that is not
   * done.
   *
   * @throws FailureException when the tenant has no webhook of that id, or it is disabled
   */
  public Webhook replay(Caller caller, String webhookId, Replay.Of of, Instant since) {
    Instant now = now();
    Tenant tenant = caller.tenant();
    return transactions.write(stores -> {
      Webhook before = Webhooks.lock(stores, tenant, webhookId);
      Webhooks.requireEnabled(before);
      Webhook after = before.replaying(new Replay(of, since, now, ""));
      stores.webhooks().update(after);
      stores
          .audit()
          .append(
              new AuditRecord(
                  tenant.accountNo(),
                  tenant.live(),
                  "webhook.replayed",
                  webhookId,
                  before,
                  after,
                  null));
      return after;
    });
  }

  private static Delivery find(Stores stores, Tenant tenant, String id) {
    return stores
        .deliveries()
        .find(tenant, id)
        .orElseThrow(() -> FailureException.notFound("delivery"));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
