package dev.licet.store.sql;

import dev.licet.domain.usage.MonthlyUse;
import dev.licet.domain.usage.QuotaGrants;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * What nodes are granted of accounts' quotas. It stands in {@code account_usage} beside what they
 * have recorded, in rows with the negatives of their numbers. Row 0 is what nodes have recorded
 * that are gone: see {@link GoneNodes}.
 */
final class SqlQuotaGrants implements QuotaGrants {
  /** More than is left of any quota. */
  private static final long ALL = Long.MAX_VALUE / 4;

  /** Locks an account. */
  private static final String LOCK = "SELECT no FROM accounts WHERE no = :account <lock_row>";

  /** What nodes have recorded and were granted, and when they were last seen. */
  private static final String ROWS =
      """
      SELECT u.node_no, u.validations, COALESCE(n.seen_at, 0) AS seen_at FROM account_usage u
      LEFT JOIN usage_nodes n ON n.node_no = ABS(u.node_no)
      WHERE u.account_no = :account AND u.month = :month
      """;

  /** Says what a node is granted. */
  private static final String GRANT =
      """
      INSERT INTO account_usage (account_no, month, node_no, validations)
      VALUES (:account, :month, :row, :granted)
      ON CONFLICT (account_no, month, node_no) DO UPDATE SET validations = excluded.validations
      """;

  private final Handle handle;

  private record Row(long no, long validations, long seenAt) {
    static Row read(ResultSet row) throws SQLException {
      return new Row(row.getLong("node_no"), row.getLong("validations"), row.getLong("seen_at"));
    }
  }

  SqlQuotaGrants(Handle handle) {
    this.handle = handle;
  }

  @Override
  public Taken lock(long accountNo, YearMonth month, long nodeNo, Instant aliveSince) {
    boolean exists =
        handle.createQuery(LOCK).bind("account", accountNo).mapTo(Long.class).findOne().isPresent();
    if (!exists) {
      return new Taken(0, 0, ALL);
    }
    List<Row> rows =
        handle
            .createQuery(ROWS)
            .bind("account", accountNo)
            .bind("month", MonthlyUse.number(month))
            .map((row, context) -> Row.read(row))
            .list();
    long granted = 0;
    long recorded = 0;
    Map<Long, Long> others = new HashMap<>();
    for (Row row : rows) {
      if (row.no() == -nodeNo) {
        granted = row.validations();
      } else if (row.no() == nodeNo) {
        recorded = row.validations();
      } else if (row.no() >= 0 || row.seenAt() >= aliveSince.toEpochMilli()) {
        others.merge(Math.abs(row.no()), row.validations(), Math::max);
      }
    }
    long byOthers = others.values().stream().mapToLong(Long::longValue).sum();
    return new Taken(granted, recorded, byOthers);
  }

  @Override
  public void grant(long accountNo, YearMonth month, long nodeNo, long granted) {
    handle
        .createUpdate(GRANT)
        .bind("account", accountNo)
        .bind("month", MonthlyUse.number(month))
        .bind("row", -nodeNo)
        .bind("granted", granted)
        .execute();
  }
}
