package dev.licet.checkout.stripe;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.licet.checkout.Signatures;
import dev.licet.checkout.Simulation;
import dev.licet.domain.billing.Scene;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Events as Stripe's current version sends them, cut down to what is read. */
public final class StripeSimulation implements Simulation {
  @Override
  public List<String> types() {
    return List.of(
        "customer.created",
        "checkout.session.completed",
        "checkout.session.async_payment_succeeded",
        "checkout.session.async_payment_failed",
        "customer.subscription.created",
        "customer.subscription.updated",
        "customer.subscription.deleted",
        "customer.subscription.paused",
        "customer.subscription.resumed",
        "invoice.paid",
        "invoice.payment_failed",
        "charge.refunded",
        "charge.dispute.created",
        "charge.dispute.closed");
  }

  @Override
  public Map<String, String> headers(Scene scene, String body, String secret, Instant now) {
    String time = Long.toString(now.getEpochSecond());
    byte[] signature = Signatures.sign(secret.getBytes(UTF_8), (time + "." + body).getBytes(UTF_8));
    return Map.of("Stripe-Signature", "t=" + time + ",v1=" + HexFormat.of().formatHex(signature));
  }

  @Override
  public String session(Scene scene) {
    return "cs_test_" + scene.order();
  }

  @Override
  public String body(Scene scene) {
    ObjectNode event = Simulation.object();
    event.put("id", "evt_" + scene.id()).put("object", "event");
    event.put("type", scene.type()).put("created", scene.at().getEpochSecond());
    event.put("livemode", false);
    ObjectNode object =
        switch (scene.type().substring(0, scene.type().indexOf('.', 9) + 1)) {
          case "checkout.session." -> checkoutSession(scene);
          case "customer.subscription." -> subscription(scene);
          case "charge.dispute." -> dispute(scene);
          default ->
              switch (scene.type()) {
                case "customer.created" -> customer(scene);
                case "invoice.paid", "invoice.payment_failed" -> invoice(scene);
                default -> charge(scene);
              };
        };
    event.putObject("data").set("object", object);
    return Simulation.write(event);
  }

  private ObjectNode checkoutSession(Scene scene) {
    String paid = scene.type().endsWith("_failed") ? "unpaid" : "paid";
    ObjectNode session = Simulation.object();
    session.put("id", session(scene)).put("object", "checkout.session");
    session.put("customer", "cus_" + scene.order());
    session.put("mode", scene.subscription() ? "subscription" : "payment");
    session.put("payment_status", scene.statusOr(paid));
    session.putObject("customer_details").put("email", scene.email()).put("name", scene.name());
    if (scene.subscription()) {
      session.put("subscription", "sub_" + scene.order());
    } else {
      session.put("payment_intent", "pi_" + scene.order());
      session
          .putObject("metadata")
          .put("price_id", scene.price())
          .put("quantity", Integer.toString(scene.quantity()));
    }
    return session;
  }

  private static ObjectNode customer(Scene scene) {
    ObjectNode customer = Simulation.object();
    customer.put("id", "cus_" + scene.order()).put("object", "customer");
    return customer.put("email", scene.email()).put("name", scene.name());
  }

  private static ObjectNode subscription(Scene scene) {
    String usual =
        switch (scene.type()) {
          case "customer.subscription.deleted" -> "canceled";
          case "customer.subscription.paused" -> "paused";
          default -> "active";
        };
    boolean ending = "cancel_at_period_end".equals(scene.status());
    ObjectNode subscription = Simulation.object();
    subscription.put("id", "sub_" + scene.order()).put("object", "subscription");
    subscription.put("customer", "cus_" + scene.order());
    subscription.put("status", ending ? usual : scene.statusOr(usual));
    subscription.put("cancel_at_period_end", ending);
    ObjectNode item = subscription.putObject("items").putArray("data").addObject();
    item.put("id", "si_" + scene.order()).put("quantity", scene.quantity());
    item.put("current_period_end", scene.periodEnd().getEpochSecond());
    item.putObject("price").put("id", scene.price()).put("product", "prod_" + scene.order());
    return subscription;
  }

  private static ObjectNode invoice(Scene scene) {
    ObjectNode invoice = Simulation.object();
    invoice.put("id", "in_" + scene.order()).put("object", "invoice");
    invoice.put("customer", "cus_" + scene.order());
    invoice.put("customer_email", scene.email()).put("customer_name", scene.name());
    invoice.put("billing_reason", scene.statusOr("subscription_cycle"));
    invoice
        .putObject("parent")
        .putObject("subscription_details")
        .put("subscription", "sub_" + scene.order());
    ObjectNode line = invoice.putObject("lines").putArray("data").addObject();
    line.put("quantity", scene.quantity());
    line.putObject("period").put("end", scene.periodEnd().getEpochSecond());
    line.putObject("parent")
        .putObject("subscription_item_details")
        .put("subscription_item", "si_" + scene.order())
        .put("proration", false);
    line.putObject("pricing")
        .putObject("price_details")
        .put("price", scene.price())
        .put("product", "prod_" + scene.order());
    invoice
        .putObject("payments")
        .putArray("data")
        .addObject()
        .putObject("payment")
        .put("payment_intent", "pi_" + scene.order());
    return invoice;
  }

  private static ObjectNode charge(Scene scene) {
    boolean partial = "partial".equals(scene.status());
    ObjectNode charge = Simulation.object();
    charge.put("id", "ch_" + scene.order()).put("object", "charge");
    charge.put("payment_intent", "pi_" + scene.order());
    charge.put("amount", 4900).put("amount_refunded", partial ? 900 : 4900);
    charge.put("refunded", !partial);
    return charge;
  }

  private static ObjectNode dispute(Scene scene) {
    boolean closed = scene.type().endsWith("closed");
    ObjectNode dispute = Simulation.object();
    dispute.put("id", "dp_" + scene.order()).put("object", "dispute");
    dispute.put("charge", "ch_" + scene.order());
    dispute.put("payment_intent", "pi_" + scene.order());
    dispute.put("status", scene.statusOr(closed ? "won" : "needs_response"));
    return dispute;
  }
}
