package dev.licet.checkout.lemonsqueezy;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.licet.checkout.Signatures;
import dev.licet.checkout.Simulation;
import dev.licet.domain.billing.Scene;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Events as Lemon Squeezy sends them, cut down to what is read. */
public final class LemonSqueezySimulation implements Simulation {
  @Override
  public List<String> types() {
    return List.of(
        "order_created",
        "order_refunded",
        "subscription_created",
        "subscription_updated",
        "subscription_cancelled",
        "subscription_resumed",
        "subscription_expired",
        "subscription_paused",
        "subscription_unpaused",
        "subscription_payment_success",
        "subscription_payment_failed",
        "subscription_payment_recovered",
        "subscription_payment_refunded");
  }

  @Override
  public Map<String, String> headers(Scene scene, String body, String secret, Instant now) {
    byte[] signature = Signatures.sign(secret.getBytes(UTF_8), body.getBytes(UTF_8));
    return Map.of("X-Signature", HexFormat.of().formatHex(signature), "X-Event-Name", scene.type());
  }

  @Override
  public String session(Scene scene) {
    return UUID.nameUUIDFromBytes(scene.order().getBytes(UTF_8)).toString();
  }

  @Override
  public String body(Scene scene) {
    ObjectNode event = Simulation.object();
    event.putObject("meta").put("event_name", scene.type()).put("test_mode", true);
    boolean payment = scene.type().contains("_payment_");
    boolean order = scene.type().startsWith("order_");
    ObjectNode data = event.putObject("data");
    data.put("type", order ? "orders" : payment ? "subscription-invoices" : "subscriptions");
    data.put("id", number(scene));
    ObjectNode attributes = data.putObject("attributes");
    attributes.put("user_email", scene.email()).put("user_name", scene.name());
    attributes.put("updated_at", scene.at().toString());
    if (order) {
      order(attributes, scene);
    } else if (payment) {
      attributes.put("subscription_id", Long.valueOf(number(scene)));
      attributes.put(
          "status", scene.statusOr(scene.type().endsWith("refunded") ? "refunded" : "paid"));
    } else {
      subscription(attributes, scene);
    }
    return Simulation.write(event);
  }

  /** Numbers are what the provider has for ids. */
  private static String number(Scene scene) {
    return Integer.toString(scene.order().hashCode() & Integer.MAX_VALUE);
  }

  private void order(ObjectNode order, Scene scene) {
    order.put("identifier", session(scene));
    boolean refunded = scene.type().endsWith("refunded");
    order.put("status", scene.statusOr(refunded ? "refunded" : "paid"));
    order
        .putObject("first_order_item")
        .put("id", Long.valueOf(number(scene)))
        .put("variant_id", scene.price())
        .put("quantity", scene.quantity());
  }

  private static void subscription(ObjectNode subscription, Scene scene) {
    String usual =
        switch (scene.type()) {
          case "subscription_cancelled" -> "cancelled";
          case "subscription_expired" -> "expired";
          case "subscription_paused" -> "paused";
          default -> "active";
        };
    String status = scene.statusOr(usual);
    String end = scene.periodEnd().toString();
    subscription.put("order_id", Long.valueOf(number(scene)));
    subscription.put("order_item_id", Long.valueOf(number(scene)));
    subscription.put("variant_id", scene.price()).put("status", status);
    subscription.put("renews_at", end);
    subscription.put("trial_ends_at", status.equals("on_trial") ? end : null);
    subscription.put(
        "ends_at", status.equals("cancelled") || status.equals("expired") ? end : null);
    if (status.equals("paused")) {
      subscription.putObject("pause").put("mode", "void");
    } else {
      subscription.putNull("pause");
    }
    subscription.putObject("first_subscription_item").put("quantity", scene.quantity());
  }
}
