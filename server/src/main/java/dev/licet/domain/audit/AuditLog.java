package dev.licet.domain.audit;

import dev.licet.domain.Page;
import dev.licet.domain.Tenant;
import org.jspecify.annotations.Nullable;

/** The log, inside the transaction in which things happen. */
public interface AuditLog {
  /**
   * Records a change by the {@linkplain Origin#current() current} actor. It is written when the
   * transaction ends, and with it. What goes into the outbox is recorded from there.
   */
  void append(AuditRecord change);

  /** What a tenant may see, newest first. {@code startingAfter} is the id of the last one seen. */
  Page<AuditEntry> list(
      Tenant tenant, AuditFilter filter, int limit, @Nullable String startingAfter);
}
