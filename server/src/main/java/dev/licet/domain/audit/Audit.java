package dev.licet.domain.audit;

import dev.licet.domain.Page;
import dev.licet.domain.Tenant;
import dev.licet.domain.Transactions;
import org.jspecify.annotations.Nullable;

/** Reads the log. */
public final class Audit {
  private final Transactions transactions;

  public Audit(Transactions transactions) {
    this.transactions = transactions;
  }

  /** What a tenant may see, newest first. {@code startingAfter} is the id of the last one seen. */
  public Page<AuditEntry> list(
      Tenant tenant, AuditFilter filter, int limit, @Nullable String startingAfter) {
    return transactions.read(stores -> stores.audit().list(tenant, filter, limit, startingAfter));
  }
}
