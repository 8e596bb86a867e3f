package dev.licet.store.sql;

import dev.licet.domain.Tenant;
import dev.licet.domain.license.LicenseFilter;
import dev.licet.domain.license.LicenseStatus;
import java.util.Locale;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * A page of a tenant's licences, newest first: the conditions that a filter asks for, and no
 * others.
 */
final class LicenseListQuery {
  private final ListQuery query = new ListQuery(LicenseRow.SELECT);

  LicenseListQuery(Tenant tenant, LicenseFilter filter, int rows, @Nullable String startingAfter) {
    // {@code <few>} keeps SQLite from reading all licences of the tenant where few are meant.
    boolean few = filter.plan() != null || filter.domain() != null || filter.keyLookup() != null;
    query
        .add(
            few
                ? "WHERE <few>l.account_no = :account AND <few>l.live = :live\n"
                : "WHERE l.account_no = :account AND l.live = :live\n")
        .bind("account", tenant.accountNo())
        .bind("live", Rows.flag(tenant.live()))
        .and("l.id < :after", "after", startingAfter);
    status(filter);
    query
        .and(
            "l.plan_no = (SELECT no FROM plans WHERE account_no = :account AND name = :plan)",
            "plan",
            filter.plan())
        .and("l.customer_email_lower = :email", "email", lower(filter.customerEmail()))
        .and(
            "l.no IN (SELECT license_no FROM activations WHERE kind = 'domain' AND value ="
                + " :domain)",
            "domain",
            filter.domain())
        .and(
            """
            l.no = (SELECT license_no FROM license_keys
              WHERE lookup = :lookup AND account_no = :account AND (retires_at IS NULL OR retires_at > :now))\
            """,
            "lookup",
            filter.keyLookup())
        .and("l.expires_at < :before", "before", Rows.millis(filter.expiresBefore()))
        .and("l.expires_at >= :from", "from", Rows.millis(filter.expiresAfter()))
        .add("ORDER BY l.id DESC LIMIT :rows")
        .bind("rows", rows)
        .bind("now", filter.now().toEpochMilli());
  }

  Query on(Handle handle) {
    return query.on(handle);
  }

  private void status(LicenseFilter filter) {
    LicenseStatus status = filter.status();
    if (status == null) {
      return;
    }
    query.add(
        switch (status) {
          case ACTIVE ->
              """
              AND l.status IN ('active', 'expired') AND (l.expires_at IS NULL OR l.expires_at > :now)
              """;
          case EXPIRED ->
              """
              AND l.status IN ('active', 'expired') AND l.expires_at <= :now
              """;
          case SUSPENDED -> "AND l.status = 'suspended'\n";
          case REVOKED -> "AND l.status = 'revoked'\n";
        });
  }

  private static @Nullable String lower(@Nullable String email) {
    return email == null ? null : email.toLowerCase(Locale.ROOT);
  }
}
