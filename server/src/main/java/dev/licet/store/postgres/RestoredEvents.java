package dev.licet.store.postgres;

import org.jdbi.v3.core.Handle;

/**
 * Events that a dump brought from another server, whose transactions had other numbers. As they
 * are, they would count as not finished, and new events would come before them.
 */
final class RestoredEvents {
  /** Whether the newest event is of a transaction that has not begun. */
  private static final String FOUND =
      """
      SELECT tx >= CAST(CAST(pg_snapshot_xmax(pg_current_snapshot()) AS TEXT) AS BIGINT)
      FROM outbox_events ORDER BY no DESC LIMIT 1
      """;

  /** Leaves the order to the events' own numbers. */
  private static final String ADOPT = "UPDATE outbox_events SET tx = 0 WHERE tx <> 0";

  private RestoredEvents() {}

  /** Makes them older than all that will happen here; true when there were any. */
  static boolean adopt(Handle handle) {
    boolean found = handle.createQuery(FOUND).mapTo(Boolean.class).findOne().orElse(false);
    if (found) {
      handle.execute(ADOPT);
    }
    return found;
  }
}
