package dev.licet.store.sql;

import dev.licet.domain.usage.UsageTotals;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Counters together with the events that are not folded into them yet. */
final class UsageTail {
  /** The unfolded events {@code e} of all nodes; conditions on them may follow. */
  static final String UNFOLDED =
      """
      FROM usage_nodes n CROSS JOIN usage_events e
      WHERE n.closed = 0 AND e.id > n.folded_to AND e.id < ((n.node_no + 1) << 40)
        AND (e.id > n.round_to OR e.license_no >= n.next_license)
      """;

  /** Valid uses of licences. */
  private static final String LICENSES =
      """
      SELECT no, SUM(validations) AS validations, MAX(last_at) AS last_at FROM (
        SELECT license_no AS no, validations, last_validated_at AS last_at
        FROM license_usage WHERE validations > 0 AND license_no IN (<nos>)
        UNION ALL
        SELECT e.license_no, 1, e.at
      """
          + UNFOLDED
          + """
            AND e.outcome = 0 AND e.license_no IN (<nos>)
          ) uses GROUP BY no
          """;

  /** Valid uses of seats. */
  private static final String SEATS =
      """
      SELECT no, SUM(validations) AS validations, MAX(last_at) AS last_at FROM (
        SELECT activation_no AS no, validations, last_validated_at AS last_at
        FROM activation_usage WHERE activation_no IN (<nos>)
        UNION ALL
        SELECT e.domain_seat, 1, e.at
      """
          + UNFOLDED
          + """
          AND e.outcome = 0 AND e.license_no = :license AND e.domain_seat IN (<nos>)
          UNION ALL
          SELECT e.device_seat, 1, e.at
          """
          + UNFOLDED
          + """
            AND e.outcome = 0 AND e.license_no = :license AND e.device_seat IN (<nos>)
          ) uses GROUP BY no
          """;

  private UsageTail() {}

  /** Totals of licences that were ever found valid. */
  static Map<Long, UsageTotals> licenseTotals(Handle handle, Collection<Long> licenseNos) {
    Map<Long, UsageTotals> totals = new HashMap<>();
    handle
        .createQuery(LICENSES)
        .bind("nos", Rows.list(licenseNos))
        .map((row, context) -> totals.put(row.getLong("no"), totals(row)))
        .list();
    return totals;
  }

  /** Totals of those seats of one licence to which a valid answer ever went. */
  static Map<Long, UsageTotals> seatTotals(
      Handle handle, long licenseNo, Collection<Long> seatNos) {
    Map<Long, UsageTotals> totals = new HashMap<>();
    handle
        .createQuery(SEATS)
        .bind("nos", Rows.list(seatNos))
        .bind("license", licenseNo)
        .map((row, context) -> totals.put(row.getLong("no"), totals(row)))
        .list();
    return totals;
  }

  private static UsageTotals totals(ResultSet row) throws SQLException {
    return new UsageTotals(
        row.getLong("validations"), Instant.ofEpochMilli(row.getLong("last_at")));
  }
}
