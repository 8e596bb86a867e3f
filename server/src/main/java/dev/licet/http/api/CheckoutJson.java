package dev.licet.http.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.licet.domain.billing.CheckoutConnection;
import dev.licet.domain.billing.CheckoutEvent;
import dev.licet.domain.billing.Mapping;
import dev.licet.domain.billing.Terms;
import dev.licet.http.Json;
import dev.licet.http.Timestamps;

/** Shops and what their providers sent, as the API shows them. */
final class CheckoutJson {
  private CheckoutJson() {}

  static ObjectNode of(CheckoutConnection connection) {
    Terms terms = connection.terms();
    ObjectNode json = Json.object();
    json.put("id", connection.id());
    json.put("provider", connection.provider().text());
    json.put("name", connection.name());
    json.put("path", "/api/v1/checkout/" + connection.id());
    json.put("has_second_signing_secret", connection.secondSecret());
    ArrayNode mapping = json.putArray("mapping");
    for (Mapping entry : connection.mapping()) {
      mapping
          .addObject()
          .put("id", entry.id())
          .put("plan", entry.plan())
          .put("product", entry.product())
          .put("quantity", entry.quantity().text());
    }
    json.put("lapse", terms.lapse().text());
    json.put("grace_days", terms.lapse() == Terms.LapseRule.GRACE ? terms.graceDays() : null);
    json.put("refund", terms.refund().text());
    LicenseJson.putTexts(json, "allowed_origins", connection.allowedOrigins());
    json.put("created_at", Timestamps.text(connection.createdAt()));
    json.put("updated_at", Timestamps.text(connection.updatedAt()));
    return json;
  }

  static ObjectNode of(CheckoutEvent event) {
    ObjectNode json = Json.object();
    json.put("id", event.id());
    json.put("connection_id", event.connectionId());
    json.put("provider_event_id", event.providerId());
    json.put("type", event.type());
    json.put("status", event.status().text());
    json.put("reason", event.reason());
    json.put("occurred_at", Timestamps.text(event.occurredAt()));
    json.put("received_at", Timestamps.text(event.receivedAt()));
    json.put("applied_at", Timestamps.text(event.appliedAt()));
    return json;
  }
}
