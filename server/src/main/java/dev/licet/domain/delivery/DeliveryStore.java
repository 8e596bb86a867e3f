package dev.licet.domain.delivery;

import dev.licet.domain.Page;
import dev.licet.domain.Tenant;
import dev.licet.domain.event.RecordedEvent;
import dev.licet.domain.webhook.Replay;
import dev.licet.domain.webhook.Webhook;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The deliveries of webhooks, inside one transaction. New events come in through the outbox. */
public interface DeliveryStore {
  /** Newest first. {@code startingAfter} is the id of the last one seen. */
  Page<Delivery> list(
      Tenant tenant, DeliveryFilter filter, int limit, @Nullable String startingAfter);

  Optional<Delivery> find(Tenant tenant, String id);

  /**
   * Adds an event of this transaction for a webhook that did not ask for it.
   *
   * @return the id of the delivery
   */
  String add(Webhook webhook, String eventId, Instant now);

  /** Begins a delivery to its webhook anew. */
  void restart(Delivery delivery, Webhook webhook, Instant now);

  /** Begins deliveries of events to a webhook, anew where there are some. */
  void restart(Webhook webhook, List<RecordedEvent> events, Instant now);

  /**
   * Begins some deliveries anew that failed for good, from where a replay is.
   *
   * @return the ids of those, in rising order
   */
  List<String> restartFailed(Webhook webhook, Replay replay, int limit, Instant now);

  /** Looks at once, after this transaction, for what is due at a webhook. */
  void wake(long webhookNo);

  /**
   * Removes some of the oldest deliveries, if they are old enough.
   *
   * @return how many
   */
  int forget(Instant before, int limit);
}
