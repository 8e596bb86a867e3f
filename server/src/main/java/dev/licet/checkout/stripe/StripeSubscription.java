package dev.licet.checkout.stripe;

import dev.licet.checkout.Body;
import dev.licet.checkout.Said;
import dev.licet.domain.billing.Command;
import dev.licet.domain.billing.OrderLine;
import dev.licet.domain.billing.Standing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A subscription, as it is at the time of an event. */
final class StripeSubscription {
  private StripeSubscription() {}

  static Said read(Body subscription, Said said) {
    String id = subscription.textOr("subscription", "id");
    said.of(subscription.text("id"))
        .of(Stripe.id(subscription, "latest_invoice"))
        .ordered(id, lines(subscription));
    boolean voided = subscription.is("void", "pause_collection", "behavior");
    String status = subscription.textOr("", "status");
    switch (status) {
      case "trialing", "active" -> {
        // Invoices that are voided: the vendor gives nothing meanwhile.
        said.and(
            voided
                ? new Command.Lapsed(said.at(), Standing.PAUSED)
                : new Command.Resumed(said.at(), status.equals("trialing")));
        said.renewed(periodEnd(subscription));
      }
      case "past_due", "unpaid" -> said.and(new Command.Lapsed(said.at(), Standing.PAST_DUE));
      case "paused" -> said.and(new Command.Lapsed(said.at(), Standing.PAUSED));
      case "canceled", "incomplete_expired" ->
          said.and(new Command.Lapsed(said.at(), Standing.ENDED));
      default -> {
        // "incomplete": the first payment is still to come.
      }
    }
    return said.and(new Command.CancelledAtPeriodEnd(said.at(), end(subscription)));
  }

  private static @Nullable Instant end(Body subscription) {
    Instant cancelAt = subscription.seconds("cancel_at");
    return cancelAt == null && subscription.isTrue("cancel_at_period_end")
        ? periodEnd(subscription)
        : cancelAt;
  }

  /** Of the subscription in older versions, of its items since. */
  private static @Nullable Instant periodEnd(Body subscription) {
    Instant end = subscription.seconds("current_period_end");
    for (Body item : subscription.list("items", "data")) {
      Instant ofItem = item.seconds("current_period_end");
      if (ofItem != null && (end == null || end.isBefore(ofItem))) {
        end = ofItem;
      }
    }
    return end;
  }

  private static List<OrderLine> lines(Body subscription) {
    List<OrderLine> lines = new ArrayList<>();
    for (Body item : subscription.list("items", "data")) {
      String id = item.text("id");
      if (id != null) {
        lines.add(
            new OrderLine(id, StripePrice.ids(item.at("price")), item.quantity("quantity"), true));
      }
    }
    return lines;
  }
}
