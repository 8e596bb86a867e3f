package dev.licet.http.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.licet.domain.billing.CheckoutConnection;
import dev.licet.domain.billing.CheckoutEvent;
import dev.licet.domain.billing.Mapping;
import dev.licet.domain.billing.OrderFacts;
import dev.licet.domain.billing.OrderFacts.LineFacts;
import dev.licet.domain.billing.OrderLine;
import dev.licet.domain.billing.PlacedOrder;
import dev.licet.domain.billing.Terms;
import dev.licet.http.Json;
import dev.licet.http.Timestamps;
import java.util.TreeMap;

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

  static ObjectNode of(PlacedOrder order) {
    OrderFacts facts = order.facts();
    ObjectNode json = Json.object();
    json.put("connection_id", order.connectionId());
    json.put("customer_id", order.customer());
    json.put("email", order.buyer().email());
    json.put("name", order.buyer().name());
    LicenseJson.putTexts(json, "references", order.references());
    ArrayNode lines = json.putArray("lines");
    for (LineFacts line : new TreeMap<>(facts.lines()).values()) {
      OrderLine newest = line.newest().value();
      ObjectNode entry = lines.addObject();
      LicenseJson.putTexts(entry, "price_ids", newest.priceIds());
      entry.put("quantity", newest.quantity());
    }
    json.put("last_paid_at", Timestamps.text(facts.lastPaid()));
    json.put("paid_through", Timestamps.text(facts.paidThrough()));
    LicenseJson.putTexts(json, "licenses", order.licenseIds());
    ArrayNode events = json.putArray("events");
    order.events().forEach(event -> events.add(of(event)));
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
