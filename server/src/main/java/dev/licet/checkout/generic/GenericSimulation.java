package dev.licet.checkout.generic;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.licet.checkout.Signatures;
import dev.licet.checkout.Simulation;
import dev.licet.domain.billing.Scene;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Events of a shop of one's own. */
public final class GenericSimulation implements Simulation {
  @Override
  public List<String> types() {
    return List.of(
        "order.paid",
        "subscription.renewed",
        "subscription.plan_changed",
        "subscription.lapsed",
        "subscription.resumed",
        "subscription.cancelled_at_period_end",
        "order.refunded",
        "order.disputed");
  }

  @Override
  public Map<String, String> headers(Scene scene, String body, String secret, Instant now) {
    String id = "msg_" + scene.id();
    String time = Long.toString(now.getEpochSecond());
    byte[] signature =
        Signatures.sign(Generic.key(secret), (id + "." + time + "." + body).getBytes(UTF_8));
    return Map.of(
        "webhook-id", id,
        "webhook-timestamp", time,
        "webhook-signature", "v1," + Base64.getEncoder().encodeToString(signature));
  }

  @Override
  public String session(Scene scene) {
    return "session-" + scene.order();
  }

  @Override
  public String body(Scene scene) {
    ObjectNode event = Simulation.object();
    event.put("type", scene.type()).put("timestamp", scene.at().toString());
    ObjectNode data = event.putObject("data");
    data.put("order_id", scene.order()).put("session", session(scene));
    String end = scene.periodEnd().toString();
    switch (scene.type()) {
      case "order.paid", "subscription.renewed", "subscription.plan_changed" -> {
        data.putObject("customer").put("email", scene.email()).put("name", scene.name());
        data.putArray("lines")
            .addObject()
            .put("id", "1")
            .put("price", scene.price())
            .put("quantity", scene.quantity())
            .put("recurring", scene.subscription());
        if (scene.subscription()) {
          data.put("period_end", end);
        }
      }
      case "subscription.lapsed" -> data.put("cause", scene.statusOr("past_due"));
      case "subscription.resumed" -> data.put("trial", "trial".equals(scene.status()));
      case "subscription.cancelled_at_period_end" -> data.put("end", end);
      case "order.refunded" -> data.put("full", !"partial".equals(scene.status()));
      default -> data.put("state", scene.statusOr("open"));
    }
    return Simulation.write(event);
  }
}
