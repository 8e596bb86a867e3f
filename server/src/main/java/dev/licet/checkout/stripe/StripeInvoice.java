package dev.licet.checkout.stripe;

import dev.licet.checkout.Body;
import dev.licet.checkout.Said;
import dev.licet.domain.billing.OrderLine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An invoice of a subscription. Others are about nothing that is sold here. */
final class StripeInvoice {
  private StripeInvoice() {}

  static Said paid(Body invoice, Said said) {
    String subscription = subscription(invoice);
    if (subscription == null) {
      return about(invoice, said);
    }
    List<OrderLine> lines = new ArrayList<>();
    Instant through = null;
    for (Body line : invoice.list("lines", "data")) {
      Instant end = line.seconds("period", "end");
      if (end != null && (through == null || through.isBefore(end))) {
        through = end;
      }
      OrderLine read = line(line);
      if (read != null) {
        lines.add(read);
      }
    }
    // One for a change of plan also has lines of what was before.
    boolean whole =
        invoice.is("subscription_create", "billing_reason")
            || invoice.is("subscription_cycle", "billing_reason");
    return about(invoice, said).ordered(subscription, whole ? lines : List.of()).paid(through);
  }

  static Said about(Body invoice, Said said) {
    said.of(invoice.text("id"))
        .of(subscription(invoice))
        .of(Stripe.id(invoice, "payment_intent"))
        .of(Stripe.id(invoice, "charge"))
        .bought(invoice.buyer("customer_email", "customer_name"));
    for (Body payment : invoice.list("payments", "data")) {
      said.of(Stripe.id(payment, "payment", "payment_intent"));
    }
    return said;
  }

  private static @Nullable String subscription(Body invoice) {
    String id = Stripe.id(invoice, "subscription");
    return id == null ? Stripe.id(invoice, "parent", "subscription_details", "subscription") : id;
  }

  private static @Nullable OrderLine line(Body line) {
    String item = Stripe.id(line, "subscription_item");
    Body parent = line.at("parent", "subscription_item_details");
    String key = item == null ? parent.text("subscription_item") : item;
    boolean proration = line.isTrue("proration") || parent.isTrue("proration");
    if (key == null || proration) {
      return null;
    }
    Body details = line.at("pricing", "price_details");
    List<String> ids =
        line.at("price").isMissing()
            ? Stream.of(Stripe.id(details, "price"), Stripe.id(details, "product"))
                .filter(Objects::nonNull)
                .toList()
            : StripePrice.ids(line.at("price"));
    return new OrderLine(key, ids, line.quantity("quantity"), true);
  }
}
