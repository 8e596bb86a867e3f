package dev.licet.store.sql;

import dev.licet.domain.Tenant;
import dev.licet.domain.license.LicenseFilter;
import dev.licet.domain.license.LicenseStatus;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * A page of a tenant's licences, newest first: the conditions that a filter asks for, and no
 * others.
 */
final class LicenseListQuery {
  private final StringBuilder sql = new StringBuilder(LicenseRow.SELECT);
  private final Map<String, Object> values = new LinkedHashMap<>();

  LicenseListQuery(Tenant tenant, LicenseFilter filter, int rows, @Nullable String startingAfter) {
    sql.append("WHERE l.account_no = :account AND l.live = :live\n");
    values.put("account", tenant.accountNo());
    values.put("live", Rows.flag(tenant.live()));
    and("l.id < :after", "after", startingAfter);
    status(filter);
    and("p.name = :plan", "plan", filter.plan());
    and("l.customer_email_lower = :email", "email", lower(filter.customerEmail()));
    and(
        "l.no IN (SELECT license_no FROM activations WHERE kind = 'domain' AND value = :domain)",
        "domain",
        filter.domain());
    and(
        """
        l.no = (SELECT license_no FROM license_keys
          WHERE lookup = :lookup AND account_no = :account AND (retires_at IS NULL OR retires_at > :now))\
        """,
        "lookup",
        filter.keyLookup());
    and("l.expires_at < :before", "before", Rows.millis(filter.expiresBefore()));
    and("l.expires_at >= :from", "from", Rows.millis(filter.expiresAfter()));
    sql.append("ORDER BY l.id DESC LIMIT :rows");
    values.put("rows", rows);
    values.put("now", filter.now().toEpochMilli());
  }

  Query on(Handle handle) {
    Query query = handle.createQuery(sql.toString());
    values.forEach(query::bind);
    return query;
  }

  private void status(LicenseFilter filter) {
    LicenseStatus status = filter.status();
    if (status == null) {
      return;
    }
    sql.append(
        switch (status) {
          case ACTIVE ->
              "AND l.status = 'active' AND (l.expires_at IS NULL OR l.expires_at > :now)\n";
          case EXPIRED ->
              """
              AND (l.status = 'expired' OR (l.status = 'active' AND l.expires_at <= :now))
              """;
          case SUSPENDED -> "AND l.status = 'suspended'\n";
          case REVOKED -> "AND l.status = 'revoked'\n";
        });
  }

  private void and(String condition, String name, @Nullable Object value) {
    if (value != null) {
      sql.append("AND ").append(condition).append('\n');
      values.put(name, value);
    }
  }

  private static @Nullable String lower(@Nullable String email) {
    return email == null ? null : email.toLowerCase(Locale.ROOT);
  }
}
