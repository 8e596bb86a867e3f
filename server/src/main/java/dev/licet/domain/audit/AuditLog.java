package dev.licet.domain.audit;

import dev.licet.domain.Tenant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The log, inside the transaction in which things happen. */
public interface AuditLog {
  /**
   * Records a change by the {@linkplain Origin#current() current} actor. It is written when the
   * transaction ends, and with it. What goes into the outbox is recorded from there.
   */
  void append(AuditRecord change);

  /**
   * Where the rows stand that a tenant may see, newest first. {@code startingAfter} is the id of
   * the last one seen.
   */
  List<AuditPlace> places(
      Tenant tenant, AuditFilter filter, int rows, @Nullable String startingAfter);

  /** The rows at some places of an account's log, newest first. */
  List<AuditEntry> at(long accountNo, List<AuditPlace> places);
}
