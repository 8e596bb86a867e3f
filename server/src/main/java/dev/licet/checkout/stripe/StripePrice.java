package dev.licet.checkout.stripe;

import dev.licet.checkout.Body;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** What a mapping may know a price by. */
final class StripePrice {
  private StripePrice() {}

  /**
   * The ids of a price and its product.
   *
   * @param price an object, or an id
   */
  static List<String> ids(Body price) {
    String product = price.node().isObject() ? Stripe.id(price, "product") : null;
    return Stream.of(Stripe.id(price), product).filter(Objects::nonNull).toList();
  }
}
