package dev.licet.store.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.licet.domain.Tenant;
import dev.licet.domain.delivery.DeliveryQueue.Message;
import dev.licet.domain.delivery.DeliveryQueue.Taken;
import dev.licet.domain.event.RecordedEvent;
import dev.licet.domain.license.KeyVault;
import dev.licet.domain.license.MaskedKey;
import dev.licet.domain.webhook.WebhookKeys;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Reads messages to one webhook, with licence keys in full where it may have them. */
final class MessageReader {
  /** Where messages go and what signs them. */
  private static final String WEBHOOK =
      """
      SELECT id, account_no, live, url, include_keys, ed25519, sealed
      FROM webhooks WHERE no = :webhook AND enabled = 1
      """;

  /** The events of deliveries. */
  private static final String EVENTS =
      "SELECT no, event_no FROM webhook_deliveries WHERE no <in_nos>";

  /** All keys that a licence ever had. */
  private static final String KEYS =
      """
      SELECT k.sealed FROM license_keys k JOIN licenses l ON l.no = k.license_no
      WHERE l.account_no = :account AND l.live = :live AND l.id = :license
      """;

  private final Handle handle;
  private final KeyVault vault;

  MessageReader(Handle handle, KeyVault vault) {
    this.handle = handle;
    this.vault = vault;
  }

  private record Target(
      Tenant tenant, String url, boolean includeKeys, boolean ed25519, WebhookKeys keys) {}

  private record EventOf(long deliveryNo, long eventNo) {}

  List<Message> read(long webhookNo, Collection<Taken> deliveries) {
    Target target =
        handle
            .createQuery(WEBHOOK)
            .bind("webhook", webhookNo)
            .map((row, context) -> target(row))
            .findOne()
            .orElse(null);
    if (target == null) {
      return List.of();
    }
    Map<Long, Long> eventNos = new HashMap<>();
    handle
        .createQuery(EVENTS)
        .bind("nos", Rows.list(deliveries.stream().map(Taken::no).toList()))
        .map((row, context) -> new EventOf(row.getLong("no"), row.getLong("event_no")))
        .forEach(each -> eventNos.put(each.deliveryNo(), each.eventNo()));
    Map<Long, RecordedEvent> events = events(target.tenant(), eventNos.values());
    List<Message> messages = new ArrayList<>();
    for (Taken delivery : deliveries) {
      RecordedEvent event = events.get(eventNos.getOrDefault(delivery.no(), 0L));
      if (event != null) {
        messages.add(message(delivery, target, event));
      }
    }
    return messages;
  }

  private Map<Long, RecordedEvent> events(Tenant tenant, Collection<Long> nos) {
    Map<Long, RecordedEvent> events = new HashMap<>();
    handle
        .createQuery(SqlEventLog.FIND_ALL)
        .bind("account", tenant.accountNo())
        .bind("live", Rows.flag(tenant.live()))
        .bind("nos", Rows.list(nos))
        .map((row, context) -> SqlEventLog.event(row))
        .forEach(event -> events.put(event.position().no(), event));
    return events;
  }

  private Message message(Taken delivery, Target target, RecordedEvent event) {
    List<String> revealed = new ArrayList<>();
    String license = event.licenseId();
    byte[] body =
        target.includeKeys() && license != null
            ? event.envelope(revealed(target.tenant(), license, event.data(), revealed))
            : event.envelope();
    return new Message(
        delivery, event.id(), target.url(), target.ed25519(), target.keys(), body, revealed);
  }

  /**
   * Data with the keys in full that it shows masked.
   *
   * @param revealed gets them
   */
  private String revealed(Tenant tenant, String license, String data, List<String> revealed) {
    JsonNode tree = Json.tree(data);
    List<String> keys = keys(tenant, license);
    for (String place : List.of("license", "previous")) {
      if (tree.get(place) instanceof ObjectNode shown && shown.has("key")) {
        Optional<String> key =
            keys.stream()
                .filter(each -> MaskedKey.of(each).equals(shown.get("key").textValue()))
                .findFirst();
        key.ifPresent(each -> {
          shown.put("key", each);
          revealed.add(each);
        });
      }
    }
    return Json.write(tree);
  }

  /** The current one, and those before it. */
  private List<String> keys(Tenant tenant, String license) {
    return handle
        .createQuery(KEYS)
        .bind("account", tenant.accountNo())
        .bind("live", Rows.flag(tenant.live()))
        .bind("license", license)
        .map((row, context) -> vault.open(row.getBytes("sealed"), license))
        .list();
  }

  private Target target(ResultSet row) throws SQLException {
    return new Target(
        new Tenant(row.getLong("account_no"), Rows.flag(row, "live")),
        row.getString("url"),
        Rows.flag(row, "include_keys"),
        Rows.flag(row, "ed25519"),
        new WebhookSeal(vault).open(row.getBytes("sealed"), row.getString("id")));
  }
}
