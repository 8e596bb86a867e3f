package dev.licet.store.sql;

import dev.licet.domain.usage.JournalStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * What nodes leave that are gone. What they counted for accounts is added up in rows of node 0,
 * which no process is; what they were granted goes. The nodes themselves go later, when nothing
 * refers to them.
 */
final class GoneNodes {
  /** Some rows of nodes that are gone. */
  private static final String LEFT =
      """
      SELECT account_no, month, node_no, validations FROM account_usage WHERE node_no IN (
        SELECT node_no FROM usage_nodes WHERE closed = 1 AND seen_at < :before
        UNION ALL SELECT -node_no FROM usage_nodes WHERE closed = 1 AND seen_at < :before)
      LIMIT :limit <lock_row>
      """;

  /** Adds to what nodes have counted that are gone. */
  private static final String ADD =
      """
      INSERT INTO account_usage AS u (account_no, month, node_no, validations)
      VALUES (:account, :month, 0, :validations)
      ON CONFLICT (account_no, month, node_no) DO UPDATE SET
        validations = u.validations + excluded.validations
      """;

  /** Removes what was added. */
  private static final String REMOVE =
      """
      DELETE FROM account_usage
      WHERE account_no = :account AND month = :month AND node_no = :node
      """;

  /** Some sums of months that are long over. */
  private static final String MONTHS =
      """
      DELETE FROM account_usage WHERE (account_no, month, node_no) IN (
        SELECT account_no, month, node_no FROM account_usage
        WHERE node_no = 0 AND month < :before LIMIT :limit)
      """;

  /**
   * Some nodes that nothing refers to any more. The times are compared once more since one of them
   * may give a sign of life meanwhile.
   */
  private static final String NODES =
      """
      DELETE FROM usage_nodes WHERE seen_at < :before AND node_no IN (
        SELECT node_no FROM usage_nodes n WHERE closed = 1 AND seen_at < :before
          AND NOT EXISTS (SELECT 1 FROM usage_batches b
            WHERE b.first_id >= n.node_no << :bits AND b.first_id < (n.node_no + 1) << :bits)
          AND NOT EXISTS (SELECT 1 FROM account_usage u WHERE u.node_no = n.node_no)
          AND NOT EXISTS (SELECT 1 FROM account_usage u WHERE u.node_no = -n.node_no)
        LIMIT :limit)
      """;

  private final Handle handle;

  private record Month(long accountNo, int number) {}

  private record Row(Month month, long nodeNo, long validations) {
    static Row read(ResultSet row) throws SQLException {
      Month month = new Month(row.getLong("account_no"), row.getInt("month"));
      return new Row(month, row.getLong("node_no"), row.getLong("validations"));
    }
  }

  GoneNodes(Handle handle) {
    this.handle = handle;
  }

  /** As {@link dev.licet.domain.usage.UsageRetention#mergeAccounts}. */
  int merge(Instant goneBefore, int limit) {
    List<Row> rows =
        handle
            .createQuery(LEFT)
            .bind("before", goneBefore.toEpochMilli())
            .bind("limit", limit)
            .map((row, context) -> Row.read(row))
            .list();
    Map<Month, Long> sums = new HashMap<>();
    for (Row row : rows) {
      if (row.nodeNo() > 0) {
        sums.merge(row.month(), row.validations(), Long::sum);
      }
    }
    add(sums);
    remove(rows);
    return rows.size();
  }

  private void add(Map<Month, Long> sums) {
    if (sums.isEmpty()) {
      return;
    }
    PreparedBatch batch = handle.prepareBatch(ADD);
    sums.forEach((month, validations) -> bind(batch, month).bind("validations", validations).add());
    batch.execute();
  }

  private void remove(List<Row> rows) {
    if (rows.isEmpty()) {
      return;
    }
    PreparedBatch batch = handle.prepareBatch(REMOVE);
    rows.forEach(row -> bind(batch, row.month()).bind("node", row.nodeNo()).add());
    batch.execute();
  }

  private static PreparedBatch bind(PreparedBatch batch, Month month) {
    return batch.bind("account", month.accountNo()).bind("month", month.number());
  }

  /** Removes sums of nodes that are gone from months before one. */
  int forgetMonths(int before, int limit) {
    return handle.createUpdate(MONTHS).bind("before", before).bind("limit", limit).execute();
  }

  /** As {@link dev.licet.domain.usage.UsageRetention#forgetNodes}. */
  int forget(Instant before, int limit) {
    return handle
        .createUpdate(NODES)
        .bind("before", before.toEpochMilli())
        .bind("bits", JournalStore.SEQUENCE_BITS)
        .bind("limit", limit)
        .execute();
  }
}
