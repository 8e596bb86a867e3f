package dev.licet.checkout.paddle;

import dev.licet.checkout.Body;
import dev.licet.checkout.Said;
import dev.licet.domain.billing.Buyer;
import dev.licet.domain.billing.OrderLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A transaction: money that came, for a purchase or a subscription. */
final class PaddleTransaction {
  private PaddleTransaction() {}

  static Said completed(Body transaction, Said said) {
    String id = transaction.textOr("transaction", "id");
    String subscription = transaction.text("subscription_id");
    said.ofSession(transaction.text("id")).of(subscription).bought(buyer(transaction));
    String origin = transaction.textOr("web", "origin");
    boolean first = origin.equals("web") || origin.equals("api");
    if (first) {
      said.ordered(id, once(transaction, id));
    }
    if (first && subscription != null) {
      said.ordered(subscription, recurring(transaction, subscription));
    }
    // A new card costs nothing, and pays for nothing.
    return origin.equals("subscription_payment_method_change")
        ? said
        : said.paid(transaction.time("billing_period", "ends_at"));
  }

  /** What the vendor's own page handed over; Paddle's own data are in the customer's events. */
  static Optional<Buyer> buyer(Body data) {
    return data.at("custom_data")
        .buyer("email", "name")
        .or(() -> data.at("customer").buyer("email", "name"));
  }

  /**
   * The lines of a subscription. Its items have no ids; they keep their places when their prices
   * change.
   */
  static List<OrderLine> recurring(Body data, String subscription) {
    return lines(data, subscription, true, PaddleTransaction::isRecurring);
  }

  /** What was bought once: all of it, unless there is a subscription too. */
  private static List<OrderLine> once(Body transaction, String id) {
    boolean alone = transaction.text("subscription_id") == null;
    return lines(transaction, id, false, item -> alone || !isRecurring(item));
  }

  private static List<OrderLine> lines(
      Body data, String scope, boolean recurring, Predicate<Body> wanted) {
    List<OrderLine> lines = new ArrayList<>();
    for (Body item : data.list("items")) {
      if (wanted.test(item)) {
        List<String> ids =
            Stream.of(item.text("price", "id"), item.text("price", "product_id"))
                .filter(Objects::nonNull)
                .toList();
        lines.add(
            new OrderLine(scope + ":" + lines.size(), ids, item.quantity("quantity"), recurring));
      }
    }
    return lines;
  }

  private static boolean isRecurring(Body item) {
    return item.at("recurring").isMissing()
        ? !item.at("price", "billing_cycle").isMissing()
        : item.isTrue("recurring");
  }
}
