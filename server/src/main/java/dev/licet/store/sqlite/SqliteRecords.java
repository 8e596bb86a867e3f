package dev.licet.store.sqlite;

import org.jdbi.v3.core.Handle;

/** Removes records of single validations row by row, from where the oldest lie. */
final class SqliteRecords {
  /**
   * Some of the oldest batches: one process writes at a time, so that ids rise with time. A batch
   * that is not folded stays, and with it all that come after.
   */
  private static final String BATCHES =
      """
      DELETE FROM usage_batches WHERE first_id IN (
        SELECT b.first_id FROM (
          SELECT first_id, size, day FROM usage_batches ORDER BY first_id LIMIT :limit) b
        JOIN usage_nodes n ON n.node_no = b.first_id >> 40
        WHERE b.day < :before AND b.first_id + b.size - 1 <= n.folded_to)
      """;

  /** Some of the oldest places in the index. */
  private static final String INDEX =
      """
      DELETE FROM usage_index WHERE (day, block, license_no, id) IN (
        SELECT day, block, license_no, id FROM usage_index WHERE day < :before LIMIT :limit)
      """;

  /** Some of the oldest runs. */
  private static final String RUNS =
      """
      DELETE FROM usage_runs WHERE rowid IN (
        SELECT rowid FROM usage_runs WHERE day < :before LIMIT :limit)
      """;

  /** Some of the oldest blocks. */
  private static final String BLOCKS =
      """
      DELETE FROM usage_blocks WHERE (day, block) IN (
        SELECT day, block FROM usage_blocks WHERE day < :before LIMIT :limit)
      """;

  /** A batch is large: so few are removed where so many rows of the other tables may be. */
  private static final int ROWS_PER_BATCH = 8;

  private SqliteRecords() {}

  static int forget(Handle handle, long today, long before, int limit) {
    int batches = Math.max(1, limit / ROWS_PER_BATCH);
    if (delete(handle, BATCHES, before, batches) == batches) {
      return limit;
    }
    int done = delete(handle, INDEX, before, limit);
    if (done < limit) {
      done += delete(handle, RUNS, before, Math.min(batches, limit - done)) * ROWS_PER_BATCH;
    }
    if (done < limit) {
      done += delete(handle, BLOCKS, before, limit - done);
    }
    return Math.min(done, limit);
  }

  private static int delete(Handle handle, String sql, long before, int limit) {
    return handle.createUpdate(sql).bind("before", before).bind("limit", limit).execute();
  }
}
