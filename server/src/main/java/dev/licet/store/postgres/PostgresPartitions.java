package dev.licet.store.postgres;

import dev.licet.domain.usage.JournalStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;

/**
 * The daily partitions of the records of single validations. They are made ahead, and at the latest
 * when something is written; old ones are dropped.
 *
 * <p>One that is made is attached, and one that is dropped waits a second at most for its lock, so
 * that nobody who reads or writes waits long for either.
 */
final class PostgresPartitions {
  /** Days whose partitions are made before they are needed. */
  private static final int AHEAD = 2;

  /** Days that a process keeps in mind as made; others may drop those that are older. */
  private static final int REMEMBERED = 5;

  /** The SQLSTATE of a check that failed, as that a row belongs to no partition. */
  private static final String NO_PARTITION = "23514";

  private static final DateTimeFormatter NAME = DateTimeFormatter.BASIC_ISO_DATE;

  /** Partitions of days before one, by name, the oldest first. */
  private static final String OLD =
      """
      SELECT CAST(c.oid AS REGCLASS) || '' FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
      WHERE i.inhparent IN (CAST('usage_batches' AS REGCLASS), CAST('usage_index' AS REGCLASS),
          CAST('usage_runs' AS REGCLASS))
        AND right(c.relname, 8) < :before
      ORDER BY right(c.relname, 8), c.relname LIMIT :limit
      """;

  /** Whether something is not folded that was recorded on a day before one. */
  private static final String UNFOLDED =
      """
      SELECT EXISTS (SELECT 1 FROM usage_nodes n JOIN usage_batches b
        ON b.first_id > n.folded_to - :batch AND b.first_id < (n.node_no + 1) << :bits
          AND b.first_id + b.size - 1 > n.folded_to
        WHERE n.closed = 0 AND b.day < :before)
      """;

  /** Some of the oldest blocks. */
  private static final String BLOCKS =
      """
      DELETE FROM usage_blocks WHERE (day, block) IN (
        SELECT day, block FROM usage_blocks WHERE day < :before LIMIT :limit)
      """;

  private final Set<Long> made = ConcurrentHashMap.newKeySet();

  /** Makes a day's partitions unless they are known to be there. */
  void require(Connection connection, long day) throws SQLException {
    if (made.contains(day)) {
      return;
    }
    make(connection, day);
    long newest = made.stream().mapToLong(Long::longValue).max().orElse(day);
    made.removeIf(known -> known < newest - REMEMBERED);
    if (day >= newest - REMEMBERED) {
      made.add(day);
    }
  }

  /**
   * Whether a statement failed since a partition is missing, which another process has dropped: it
   * is made when it is required again.
   */
  boolean wasDropped(SQLException fault) {
    if (NO_PARTITION.equals(fault.getSQLState())) {
      made.clear();
      return true;
    }
    return false;
  }

  private static void make(Connection connection, long day) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(statement(day));
    }
  }

  /** Makes the partitions of a day, as one statement, so that they are made together. */
  private static String statement(long day) {
    return """
    DO $$
    DECLARE
      part TEXT;
    BEGIN
      PERFORM pg_advisory_xact_lock(5496312709);
      FOREACH part IN ARRAY ARRAY['usage_batches', 'usage_index', 'usage_runs'] LOOP
        IF to_regclass(part || '_%1$s') IS NULL THEN
          EXECUTE format('CREATE TABLE %%I (LIKE %%I INCLUDING ALL)', part || '_%1$s', part);
          EXECUTE format('ALTER TABLE %%I ATTACH PARTITION %%I FOR VALUES FROM (%2$d) TO (%3$d)',
            part, part || '_%1$s');
        END IF;
      END LOOP;
    END $$
    """
        .formatted(LocalDate.ofEpochDay(day).format(NAME), day, day + 1);
  }

  /** As {@link dev.licet.store.sql.RawRecords#forget}. */
  static int forget(Handle handle, long today, long before, int limit) {
    for (long day = today; day <= today + AHEAD; day++) {
      handle.execute(statement(day));
    }
    List<String> old =
        handle
            .createQuery(OLD)
            .bind("before", LocalDate.ofEpochDay(before).format(NAME))
            .bind("limit", limit)
            .mapTo(String.class)
            .list();
    if (!old.isEmpty() && !hasUnfolded(handle, before)) {
      handle.execute("SET LOCAL lock_timeout = '1s'");
      old.forEach(name -> handle.execute("DROP TABLE " + name));
      return old.size();
    }
    return handle.createUpdate(BLOCKS).bind("before", before).bind("limit", limit).execute();
  }

  private static boolean hasUnfolded(Handle handle, long before) {
    return handle
        .createQuery(UNFOLDED)
        .bind("batch", JournalStore.MAX_BATCH)
        .bind("bits", JournalStore.SEQUENCE_BITS)
        .bind("before", before)
        .mapTo(Boolean.class)
        .one();
  }
}
