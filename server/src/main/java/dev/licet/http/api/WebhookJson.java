package dev.licet.http.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.licet.domain.delivery.Attempt;
import dev.licet.domain.delivery.Delivery;
import dev.licet.domain.webhook.Replay;
import dev.licet.domain.webhook.Webhook;
import dev.licet.domain.webhook.Webhooks;
import dev.licet.http.Json;
import dev.licet.http.Timestamps;

/** Webhooks and deliveries as the API shows them. */
final class WebhookJson {
  private WebhookJson() {}

  static ObjectNode of(Webhook webhook) {
    ObjectNode json = Json.object();
    json.put("id", webhook.id());
    json.put("url", webhook.url());
    json.put("description", webhook.description());
    LicenseJson.putTexts(json, "events", webhook.events());
    json.put("enabled", webhook.enabled());
    json.put(
        "disabled_reason",
        webhook.disabledReason() == null ? null : webhook.disabledReason().text());
    json.put("disabled_at", Timestamps.text(webhook.disabledAt()));
    json.put("include_keys", webhook.includeKeys());
    json.put("ed25519", webhook.ed25519());
    json.put("public_key", webhook.publicKey());
    LicenseJson.putTexts(json, "header_names", webhook.headerNames());
    json.put("failing_since", Timestamps.text(webhook.failingSince()));
    Replay replay = webhook.replay();
    if (replay == null) {
      json.putNull("replay");
    } else {
      json.putObject("replay")
          .put("deliveries", replay.of().text())
          .put("since", Timestamps.text(replay.since()))
          .put("started_at", Timestamps.text(replay.startedAt()));
    }
    json.put("created_at", Timestamps.text(webhook.createdAt()));
    json.put("updated_at", Timestamps.text(webhook.updatedAt()));
    return json;
  }

  /** With the secret, for the only one who ever sees it. */
  static ObjectNode of(Webhooks.WithSecret created) {
    return of(created.webhook()).put("secret", created.secret().text());
  }

  static ObjectNode of(Delivery delivery) {
    ObjectNode json = Json.object();
    json.put("id", delivery.id());
    json.put("webhook_id", delivery.webhookId());
    json.put("event_id", delivery.eventId());
    json.put("type", delivery.type());
    json.put("status", delivery.status().text());
    json.put("next_attempt_at", Timestamps.text(delivery.dueAt()));
    json.put("created_at", Timestamps.text(delivery.createdAt()));
    json.put("finished_at", Timestamps.text(delivery.finishedAt()));
    ArrayNode attempts = json.putArray("attempts");
    for (Attempt attempt : delivery.attempts()) {
      attempts
          .addObject()
          .put("at", Timestamps.text(attempt.at()))
          .put("status", attempt.status())
          .put("duration_ms", attempt.took().toMillis())
          .put("answer", attempt.answer())
          .put("error", attempt.error());
    }
    return json;
  }
}
