package dev.licet.store.sql;

import dev.licet.domain.Tenant;
import dev.licet.domain.audit.AuditFilter;
import dev.licet.domain.audit.AuditPlace;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Where the rows of a page of an account's log stand, newest first: the conditions that a filter
 * asks for, and no others.
 */
final class AuditQuery {
  /** Neither database reads a text to say how long it is. */
  private static final String SELECT =
      """
      SELECT seq, id,
        COALESCE(OCTET_LENGTH(before), 0) + COALESCE(OCTET_LENGTH(after), 0) AS bytes
      FROM audit_log
      """;

  /** A row's place; that of an id that is none of the account's is where it would stand. */
  private static final String BEFORE =
      """
      seq < COALESCE(
        (SELECT seq FROM audit_log WHERE account_no = :account AND id = :cursor),
        (SELECT MIN(seq) FROM audit_log WHERE account_no = :account AND id > :cursor),
        9223372036854775807)\
      """;

  /** Asked apart, or SQLite would read the whole log of the account. */
  private static final String OF_TARGET =
      "seq IN (SELECT seq FROM audit_log WHERE account_no = :account AND target = :target)";

  private final ListQuery query = new ListQuery(SELECT);

  AuditQuery(Tenant tenant, AuditFilter filter, int rows, @Nullable String startingAfter) {
    query
        .add("WHERE account_no = :account AND (live IS NULL OR live = :live)\n")
        .bind("account", tenant.accountNo())
        .bind("live", Rows.flag(tenant.live()))
        .and(BEFORE, "cursor", startingAfter)
        .and("actor = :actor", "actor", filter.actor())
        .and("action = :action", "action", filter.action())
        .and(OF_TARGET, "target", filter.target())
        .and("at >= :from", "from", Rows.millis(filter.from()))
        .and("at < :to", "to", Rows.millis(filter.to()))
        .add("ORDER BY seq DESC LIMIT :rows")
        .bind("rows", rows);
  }

  List<AuditPlace> on(Handle handle) {
    return query
        .on(handle)
        .map((row, context) ->
            new AuditPlace(row.getLong("seq"), row.getString("id"), row.getLong("bytes")))
        .list();
  }
}
