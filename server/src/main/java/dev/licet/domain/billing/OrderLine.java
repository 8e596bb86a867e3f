package dev.licet.domain.billing;

import java.util.List;

/**
 * Something that was ordered.
 *
 * @param key the provider's id of it, which stays the same when the price changes; unlike any other
 *     of the connection
 * @param priceIds what a mapping may know it by: price, product, variant; the one that counts most
 *     first
 * @param quantity at least 1
 * @param recurring whether it ends with the subscription
 */
public record OrderLine(String key, List<String> priceIds, int quantity, boolean recurring) {
  public OrderLine {
    priceIds = List.copyOf(priceIds);
  }
}
