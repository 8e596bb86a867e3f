package dev.licet.domain.billing;

import dev.licet.domain.Page;
import dev.licet.domain.Tenant;
import dev.licet.domain.Transactions;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a person ordered, as it is told to that person. */
public final class PlacedOrders {
  private final Transactions transactions;

  public PlacedOrders(Transactions transactions) {
    this.transactions = transactions;
  }

  /**
   * A page, oldest first.
   *
   * @param last of the page before; {@code null} for the first page
   */
  public Page<PlacedOrder> of(Tenant tenant, String email, int limit, @Nullable PlacedOrder last) {
    String lower = email.toLowerCase(Locale.ROOT);
    long after = last == null ? 0 : last.no();
    return transactions.read(stores -> stores.orderHistory().of(tenant, lower, after, limit));
  }
}
