package dev.licet.store.sql;

import dev.licet.domain.activation.Seat;
import dev.licet.domain.event.Event;
import dev.licet.domain.event.EventType;
import dev.licet.domain.license.License;
import dev.licet.domain.license.MaskedKey;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What an event says, in the shape of the API, with keys masked. */
final class EventData {
  private EventData() {}

  static Map<String, @Nullable Object> of(Event event) {
    Map<String, @Nullable Object> data = new LinkedHashMap<>();
    if (event.license() != null) {
      Map<String, @Nullable Object> license = license(event.license(), event.at());
      data.put("license", license);
      if (event.previous() != null) {
        data.put("previous", changed(license(event.previous(), lastSeen(event)), license));
      }
    }
    if (event.seat() != null) {
      data.put("activation", activation(event.seat()));
    }
    data.putAll(event.details());
    data.put("reason", event.reason());
    data.put("actor", event.actor().text());
    return data;
  }

  /** The last moment at which a licence was as before: what ends does so by the clock. */
  private static Instant lastSeen(Event event) {
    License before = event.previous();
    Instant end = before == null ? null : before.term().expiresAt();
    return event.type() == EventType.LICENSE_EXPIRED && end != null
        ? end.minusMillis(1)
        : event.at();
  }

  /** A licence in the shape of the API, its key masked. */
  static Map<String, @Nullable Object> license(License license, Instant at) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("id", license.id());
    fields.put("key", MaskedKey.of(license.key()));
    fields.put("status", license.statusAt(at).text());
    fields.put("status_reason", license.statusReason());
    fields.put("product", license.product().name());
    fields.put("plan", license.plan().name());
    fields.put("customer_email", license.customer().email());
    fields.put("customer_name", license.customer().name());
    fields.put("max_domains", license.maxDomains());
    fields.put("max_devices", license.maxDevices());
    fields.put("features", license.features());
    fields.putAll(license.policy().fields());
    fields.put("counters", RulesJson.counters(license.counters()));
    fields.put("metadata", license.metadata());
    fields.put("created_at", license.createdAt().toString());
    fields.put("updated_at", license.updatedAt().toString());
    fields.put("expires_at", Rows.text(license.term().expiresAt()));
    return fields;
  }

  /** The fields of {@code before} that are not the same in {@code after}. */
  private static Map<String, @Nullable Object> changed(
      Map<String, @Nullable Object> before, Map<String, @Nullable Object> after) {
    Map<String, @Nullable Object> changed = new LinkedHashMap<>(before);
    changed
        .entrySet()
        .removeIf(field -> Objects.equals(field.getValue(), after.get(field.getKey())));
    return changed;
  }

  /** A seat in the shape of the API. */
  static Map<String, @Nullable Object> activation(Seat seat) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("id", seat.id());
    fields.put("kind", seat.kind().text());
    fields.put("value", seat.value());
    fields.put("first_seen_at", seat.firstSeenAt().toString());
    fields.put("leased_until", Rows.text(seat.leasedUntil()));
    return fields;
  }
}
