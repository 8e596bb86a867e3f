package dev.licet.domain.billing;

import dev.licet.domain.Page;
import dev.licet.domain.Tenant;

/** The orders that persons placed, inside one transaction. */
public interface OrderHistory {
  /**
   * Orders of a person at the shops of a tenant, oldest first.
   *
   * @param email in lower case
   * @param after the number of the last order of the page before; 0 for the first page
   */
  Page<PlacedOrder> of(Tenant tenant, String email, long after, int limit);
}
