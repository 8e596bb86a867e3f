package dev.licet.checkout.paddle;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.licet.checkout.Signatures;
import dev.licet.checkout.Simulation;
import dev.licet.domain.billing.Scene;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Events as Paddle Billing sends them, cut down to what is read. */
public final class PaddleSimulation implements Simulation {
  /** Digits of an id after its prefix. */
  private static final int ID_LENGTH = 26;

  @Override
  public List<String> types() {
    return List.of(
        "customer.created",
        "transaction.completed",
        "subscription.created",
        "subscription.activated",
        "subscription.updated",
        "subscription.past_due",
        "subscription.paused",
        "subscription.resumed",
        "subscription.canceled",
        "adjustment.created",
        "adjustment.updated");
  }

  @Override
  public Map<String, String> headers(Scene scene, String body, String secret, Instant now) {
    String time = Long.toString(now.getEpochSecond());
    byte[] signature = Signatures.sign(secret.getBytes(UTF_8), (time + ":" + body).getBytes(UTF_8));
    return Map.of("Paddle-Signature", "ts=" + time + ";h1=" + HexFormat.of().formatHex(signature));
  }

  @Override
  public String session(Scene scene) {
    return id("txn_", scene);
  }

  @Override
  public String body(Scene scene) {
    ObjectNode event = Simulation.object();
    event.put("event_id", "evt_" + scene.id()).put("event_type", scene.type());
    event.put("occurred_at", scene.at().toString());
    event.put("notification_id", "ntf_" + scene.id());
    ObjectNode data =
        switch (scene.type().substring(0, scene.type().indexOf('.'))) {
          case "customer" -> customer(scene);
          case "transaction" -> transaction(scene);
          case "adjustment" -> adjustment(scene);
          default -> subscription(scene);
        };
    event.set("data", data);
    return Simulation.write(event);
  }

  private static String id(String prefix, Scene scene) {
    String digits = scene.order().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    return prefix + (digits + "0".repeat(ID_LENGTH)).substring(0, ID_LENGTH);
  }

  private static ObjectNode customer(Scene scene) {
    return Simulation.object()
        .put("id", id("ctm_", scene))
        .put("email", scene.email())
        .put("name", scene.name());
  }

  private ObjectNode transaction(Scene scene) {
    ObjectNode transaction = Simulation.object();
    transaction.put("id", session(scene)).put("status", "completed");
    transaction.put("customer_id", id("ctm_", scene));
    transaction.put("subscription_id", scene.subscription() ? id("sub_", scene) : null);
    transaction.put("origin", scene.statusOr("web"));
    items(transaction, scene);
    if (scene.subscription()) {
      transaction.putObject("billing_period").put("ends_at", scene.periodEnd().toString());
    }
    return transaction;
  }

  private static ObjectNode subscription(Scene scene) {
    String usual =
        switch (scene.type()) {
          case "subscription.past_due" -> "past_due";
          case "subscription.paused" -> "paused";
          case "subscription.canceled" -> "canceled";
          default -> "active";
        };
    boolean ending = "cancel".equals(scene.status());
    ObjectNode subscription = Simulation.object();
    subscription.put("id", id("sub_", scene)).put("customer_id", id("ctm_", scene));
    subscription.put("status", ending ? usual : scene.statusOr(usual));
    items(subscription, scene);
    String end = scene.periodEnd().toString();
    subscription.putObject("current_billing_period").put("ends_at", end);
    if (ending) {
      subscription.putObject("scheduled_change").put("action", "cancel").put("effective_at", end);
    } else {
      subscription.putNull("scheduled_change");
    }
    return subscription;
  }

  private static void items(ObjectNode data, Scene scene) {
    ObjectNode item = data.putArray("items").addObject();
    item.put("quantity", scene.quantity());
    ObjectNode price = item.putObject("price");
    price.put("id", scene.price()).put("product_id", id("pro_", scene));
    if (scene.subscription()) {
      price.putObject("billing_cycle").put("interval", "month").put("frequency", 1);
    } else {
      price.putNull("billing_cycle");
    }
  }

  private ObjectNode adjustment(Scene scene) {
    String status = scene.statusOr("refund");
    ObjectNode adjustment = Simulation.object();
    adjustment.put("id", id("adj_", scene));
    adjustment.put("transaction_id", session(scene)).put("customer_id", id("ctm_", scene));
    adjustment.put("action", status.equals("partial") ? "refund" : status);
    adjustment.put("type", status.equals("partial") ? "partial" : "full");
    adjustment.put("status", "approved");
    return adjustment;
  }
}
