package dev.licet.store.postgres;

import dev.licet.store.sql.Dialect;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;

/** PostgreSQL's own ways. */
final class PostgresDialect {
  static final Dialect DIALECT =
      new Dialect(
          // As an array, so that an index is asked for each number rather than read from end to
          // end.
          """
          = ANY (ARRAY(
            SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST(:nos AS JSON))))\
          """,
          "FOR UPDATE",
          "FOR NO KEY UPDATE",
          "SELECT pg_advisory_xact_lock(5496312708)",
          "SELECT pg_try_advisory_xact_lock(:lock)",
          "NOTIFY " + PostgresChanges.CHANNEL,
          "e.tx < CAST(CAST(pg_snapshot_xmin(pg_current_snapshot()) AS TEXT) AS BIGINT)",
          false,
          PostgresPartitions::forget,
          PostgresDialect::isUnavailable,
          PostgresDialect::isRetryable);

  /** Classes of SQLSTATE: no connection, no room, operator's doing, the system's fault. */
  private static final Set<String> UNAVAILABLE_CLASSES = Set.of("08", "53", "57", "58");

  /** A lock that was not had in time; a standby, which takes no writes. */
  private static final Set<String> UNAVAILABLE = Set.of("55P03", "25006");

  /**
   * Conflicts: serialization, deadlock; and the checks that another transaction was quicker than:
   * when run again, the work sees what is in its way and says so.
   */
  private static final Set<String> RETRYABLE = Set.of("40001", "40P01", "23505", "23503");

  private PostgresDialect() {}

  private static boolean isUnavailable(SQLException fault) {
    String state = fault.getSQLState();
    return fault instanceof SQLTransientConnectionException
        || fault instanceof SQLNonTransientConnectionException
        || fault instanceof SQLRecoverableException
        || (state != null
            && state.length() == 5
            && (UNAVAILABLE_CLASSES.contains(state.substring(0, 2))
                || UNAVAILABLE.contains(state)));
  }

  private static boolean isRetryable(SQLException fault) {
    return fault.getSQLState() != null && RETRYABLE.contains(fault.getSQLState());
  }
}
