package dev.licet.domain.billing;

import dev.licet.domain.Caller;
import dev.licet.domain.FailureException;
import dev.licet.domain.Page;
import dev.licet.domain.Stores;
import dev.licet.domain.Tenant;
import dev.licet.domain.Transactions;
import dev.licet.domain.audit.AuditRecord;
import dev.licet.domain.billing.CheckoutEventStore.Due;
import dev.licet.domain.billing.CheckoutEventStore.Filter;
import org.jspecify.annotations.Nullable;

/** The events that providers sent, as API keys see them. */
public final class CheckoutEvents {
  private final Transactions transactions;
  private final CheckoutWork work;

  public CheckoutEvents(Transactions transactions, CheckoutWork work) {
    this.transactions = transactions;
    this.work = work;
  }

  /** Newest first. */
  public Page<CheckoutEvent> list(
      Tenant tenant, Filter filter, int limit, @Nullable String startingAfter) {
    return transactions.read(
        stores -> stores.checkoutEvents().list(tenant, filter, limit, startingAfter));
  }

  /**
   * One event.
   *
   * @throws FailureException when the tenant has none of that id
   */
  public CheckoutEvent get(Tenant tenant, String id) {
    return transactions.read(stores -> find(stores, tenant, id));
  }

  /**
   * Applies an event again, at once; that does no harm to one that was applied.
   *
   * @throws FailureException when the tenant has none of that id
   */
  public CheckoutEvent retry(Caller caller, String id) {
    Tenant tenant = caller.tenant();
    return transactions.joined(stores -> {
      CheckoutEvent before = find(stores, tenant, id);
      work.apply(new Due(before.no(), before.connectionNo()), true);
      stores
          .audit()
          .append(
              new AuditRecord(
                  tenant.accountNo(),
                  tenant.live(),
                  "checkout_event.retried",
                  id,
                  null,
                  null,
                  null));
      return find(stores, tenant, id);
    });
  }

  private static CheckoutEvent find(Stores stores, Tenant tenant, String id) {
    return stores
        .checkoutEvents()
        .find(tenant, id)
        .orElseThrow(() -> FailureException.notFound("checkout event"));
  }
}
