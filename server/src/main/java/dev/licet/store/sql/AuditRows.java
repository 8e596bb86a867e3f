package dev.licet.store.sql;

import dev.licet.domain.audit.AuditEntry;
import dev.licet.domain.event.Actor;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Rows of the audit log as the domain has them. */
final class AuditRows {
  /** All columns. */
  static final String SELECT =
      """
      SELECT account_no, seq, id, at, live, actor, address, request_id, action, target, reason,
        before, after, tag
      FROM audit_log
      """;

  private AuditRows() {}

  static AuditEntry entry(ResultSet row) throws SQLException {
    boolean live = Rows.flag(row, "live");
    return new AuditEntry(
        row.getLong("account_no"),
        row.getLong("seq"),
        row.getString("id"),
        Rows.instant(row, "at"),
        row.getObject("live") == null ? null : live,
        new Actor(row.getString("actor")),
        row.getString("address"),
        row.getString("request_id"),
        row.getString("action"),
        row.getString("target"),
        row.getString("reason"),
        row.getString("before"),
        row.getString("after"),
        row.getBytes("tag"));
  }
}
