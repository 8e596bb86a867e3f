package dev.licet.domain.billing;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An order with all that hangs on it, for the person who placed it.
 *
 * @param no its number inside the database
 * @param customer the provider's id of the buyer
 * @param references what the provider calls the order, but for what opens the page with the keys
 * @param licenseIds the licences that were issued for it
 * @param events that told of it, as far as they are kept; oldest first
 */
public record PlacedOrder(
    long no,
    String connectionId,
    @Nullable String customer,
    Buyer buyer,
    OrderFacts facts,
    List<String> references,
    List<String> licenseIds,
    List<CheckoutEvent> events) {
  public PlacedOrder {
    references = List.copyOf(references);
    licenseIds = List.copyOf(licenseIds);
    events = List.copyOf(events);
  }
}
