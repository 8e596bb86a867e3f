package dev.licet.checkout.lemonsqueezy;

import dev.licet.checkout.Body;
import dev.licet.checkout.Said;
import dev.licet.checkout.Signatures;
import dev.licet.domain.billing.CheckoutProvider;
import dev.licet.domain.billing.Command;
import dev.licet.domain.billing.OrderLine;
import dev.licet.domain.billing.Standing;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Lemon Squeezy. Its events have neither an id nor a time of their own: they are told apart by
 * their bodies, and ordered by when their object was changed.
 */
public final class LemonSqueezy implements CheckoutProvider {
  private static final Pattern SESSION =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  @Override
  public @Nullable Message verify(Headers headers, byte[] body, List<String> secrets, Instant now) {
    String signature = headers.get("X-Signature");
    if (signature == null || !Signatures.anyHexMatches(List.of(signature.strip()), secrets, body)) {
      return null;
    }
    return new Message(
        Signatures.digest(body), Body.read(body).textOr("unreadable", "meta", "event_name"));
  }

  @Override
  public boolean isSession(String text) {
    return SESSION.matcher(text).matches();
  }

  @Override
  public Reading read(byte[] body) {
    Body event = Body.read(body);
    String type = event.text("meta", "event_name");
    String id = event.text("data", "id");
    Body object = event.at("data", "attributes");
    Instant changed = object.time("updated_at");
    Instant at = changed == null ? object.time("created_at") : changed;
    if (at == null || type == null || id == null) {
      return new Reading.Unclear("The event has no name, no object, or no time.");
    }
    Said said =
        new Said(at)
            .byCustomer(object.text("customer_id"))
            .bought(object.buyer("user_email", "user_name"));
    return switch (type) {
      case "order_created" -> order(object, id, said).reading();
      case "order_refunded" ->
          said.of("order:" + id)
              .and(new Command.Refunded(at, "order:" + id, isFull(object)))
              .reading();
      case "subscription_created",
          "subscription_updated",
          "subscription_cancelled",
          "subscription_resumed",
          "subscription_expired",
          "subscription_paused",
          "subscription_unpaused",
          "subscription_plan_changed" ->
          subscription(object, id, said).reading();
      case "subscription_payment_success", "subscription_payment_recovered" ->
          ofInvoice(object, said).paid(null).reading();
      case "subscription_payment_failed" ->
          ofInvoice(object, said).and(new Command.Lapsed(at, Standing.PAST_DUE)).reading();
      case "subscription_payment_refunded" ->
          ofInvoice(object, said)
              .and(new Command.Refunded(at, "invoice:" + id, isFull(object)))
              .reading();
      default -> new Reading.Ignored();
    };
  }

  private static Said order(Body order, String id, Said said) {
    Body item = order.at("first_order_item");
    said.of("order:" + id)
        .ofSession(order.text("identifier"))
        .ordered(
            "order:" + id,
            List.of(
                line(
                    "item:" + item.textOr("of " + id, "id"),
                    item,
                    item.quantity("quantity"),
                    false)));
    return order.is("paid", "status") ? said.paid(null) : said;
  }

  private static Said subscription(Body subscription, String id, Said said) {
    String item = subscription.text("order_item_id");
    String order = subscription.text("order_id");
    int quantity = subscription.quantity("first_subscription_item", "quantity");
    String key = item == null ? "subscription:" + id : "item:" + item;
    said.of("subscription:" + id)
        .of(order == null ? null : "order:" + order)
        .ordered("subscription:" + id, List.of(line(key, subscription, quantity, true)));
    Instant renews = subscription.time("renews_at");
    Instant ends = subscription.time("ends_at");
    String status = subscription.textOr("", "status");
    switch (status) {
      case "on_trial" -> {
        Instant trial = subscription.time("trial_ends_at");
        said.and(new Command.Resumed(said.at(), true)).renewed(trial == null ? renews : trial);
      }
      case "active" -> said.and(new Command.Resumed(said.at(), false)).renewed(renews);
      // It runs until its end.
      case "cancelled" -> said.and(new Command.Resumed(said.at(), false)).renewed(ends);
      case "paused" -> paused(subscription, said);
      case "past_due", "unpaid" -> said.and(new Command.Lapsed(said.at(), Standing.PAST_DUE));
      case "expired" -> said.and(new Command.Lapsed(said.at(), Standing.ENDED));
      default -> {
        // A status that is new.
      }
    }
    Instant end = status.equals("cancelled") ? ends : null;
    return said.and(new Command.CancelledAtPeriodEnd(said.at(), end));
  }

  /** A pause either gives nothing, or gives what there is for nothing. */
  private static void paused(Body subscription, Said said) {
    said.and(
        subscription.is("free", "pause", "mode")
            ? new Command.Resumed(said.at(), false)
            : new Command.Lapsed(said.at(), Standing.PAUSED));
  }

  private static Said ofInvoice(Body invoice, Said said) {
    String subscription = invoice.text("subscription_id");
    return said.of(subscription == null ? null : "subscription:" + subscription);
  }

  private static OrderLine line(String key, Body thing, int quantity, boolean recurring) {
    List<String> ids =
        Stream.of(thing.text("variant_id"), thing.text("product_id"))
            .filter(Objects::nonNull)
            .toList();
    return new OrderLine(key, ids, quantity, recurring);
  }

  private static boolean isFull(Body object) {
    long total = object.number(0, "total");
    return object.is("refunded", "status")
        || (!object.is("partial_refund", "status")
            && object.isTrue("refunded")
            && object.number(total, "refunded_amount") >= total);
  }
}
