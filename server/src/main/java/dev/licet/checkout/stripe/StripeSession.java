package dev.licet.checkout.stripe;

import dev.licet.checkout.Body;
import dev.licet.checkout.Said;
import dev.licet.domain.billing.OrderLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** A checkout session: what the buyer went through in the browser. */
final class StripeSession {
  private StripeSession() {}

  static Said completed(Body session, Said said) {
    about(session, said);
    String id = session.textOr("session", "id");
    if (session.is("payment", "mode")) {
      said.ordered(id, lines(session, id));
    }
    // While a bank transfer is under way nothing is paid.
    boolean paid =
        session.is("paid", "payment_status") || session.is("no_payment_required", "payment_status");
    return paid ? said.paid(null) : said;
  }

  static Said about(Body session, Said said) {
    return said.ofSession(session.text("id"))
        .of(Stripe.id(session, "subscription"))
        .of(Stripe.id(session, "payment_intent"))
        .of(Stripe.id(session, "invoice"))
        .bought(
            session
                .at("customer_details")
                .buyer("email", "name")
                .or(() -> session.buyer("customer_email", "")));
  }

  /**
   * What was bought in one purchase. A session does not tell its lines unless somebody expanded
   * them; else it is what the vendor wrote into the metadata, or the payment link.
   */
  private static List<OrderLine> lines(Body session, String id) {
    List<OrderLine> lines = new ArrayList<>();
    List<Body> items = session.list("line_items", "data");
    for (int i = 0; i < items.size(); i++) {
      Body item = items.get(i);
      lines.add(
          new OrderLine(
              id + ":" + i, StripePrice.ids(item.at("price")), item.quantity("quantity"), false));
    }
    if (!lines.isEmpty()) {
      return lines;
    }
    List<String> ids =
        Stream.of(
                session.text("metadata", "price_id"),
                session.text("metadata", "product_id"),
                Stripe.id(session, "payment_link"))
            .filter(Objects::nonNull)
            .toList();
    return List.of(new OrderLine(id + ":0", ids, session.quantity("metadata", "quantity"), false));
  }
}
