package dev.licet.store.sql;

import dev.licet.domain.sla.Latencies;
import dev.licet.domain.sla.ServiceHour;
import dev.licet.domain.sla.SlaStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** Hours of nodes; their checks are bits, and their times pairs of a step and a count. */
final class SqlSlaStore implements SlaStore {
  private static final long HOUR_MILLIS = Duration.ofHours(1).toMillis();
  private static final int USUAL_BYTES = 128;

  /** Puts an hour there. */
  private static final String SAVE =
      """
      INSERT INTO sla_hours (hour, node_no, passed, failed, errors, latencies)
      VALUES (:hour, :node, :passed, :failed, :errors, :latencies)
      ON CONFLICT (hour, node_no) DO UPDATE SET passed = excluded.passed,
        failed = excluded.failed, errors = excluded.errors, latencies = excluded.latencies
      """;

  /** The first hour. */
  private static final String FIRST = "SELECT hour FROM sla_hours ORDER BY hour LIMIT 1";

  /** The hours of a time. */
  private static final String HOURS =
      """
      SELECT hour, node_no, passed, failed, errors, latencies FROM sla_hours
      WHERE hour BETWEEN :first AND :last ORDER BY hour, node_no
      """;

  /** Removes the oldest. */
  private static final String FORGET =
      """
      DELETE FROM sla_hours WHERE (hour, node_no) IN (
        SELECT hour, node_no FROM sla_hours WHERE hour < :before
        ORDER BY hour, node_no LIMIT :limit)
      """;

  private final Handle handle;

  SqlSlaStore(Handle handle) {
    this.handle = handle;
  }

  @Override
  public void save(ServiceHour hour) {
    handle
        .createUpdate(SAVE)
        .bind("hour", hour.hour())
        .bind("node", hour.nodeNo())
        .bind("passed", hour.passed().toByteArray())
        .bind("failed", hour.failed())
        .bind("errors", hour.errors())
        .bind("latencies", packed(hour.latencies()))
        .execute();
  }

  @Override
  public OptionalLong firstHour() {
    return handle.createQuery(FIRST).mapTo(Long.class).stream()
        .mapToLong(Long::longValue)
        .findFirst();
  }

  @Override
  public void each(long firstHour, long lastHour, Consumer<ServiceHour> visitor) {
    try (Stream<ServiceHour> hours =
        handle
            .createQuery(HOURS)
            .bind("first", firstHour)
            .bind("last", lastHour)
            .map((row, context) -> hour(row))
            .stream()) {
      hours.forEach(visitor);
    }
  }

  @Override
  public int forget(Instant before, int limit) {
    return handle
        .createUpdate(FORGET)
        .bind("before", Math.floorDiv(before.toEpochMilli(), HOUR_MILLIS))
        .bind("limit", limit)
        .execute();
  }

  private static ServiceHour hour(ResultSet row) throws SQLException {
    return new ServiceHour(
        row.getLong("hour"),
        row.getLong("node_no"),
        BitSet.valueOf(row.getBytes("passed")),
        row.getInt("failed"),
        row.getLong("errors"),
        unpacked(row.getBytes("latencies")));
  }

  private static byte[] packed(Latencies latencies) {
    PackedWriter out = new PackedWriter(USUAL_BYTES);
    int before = 0;
    for (int bucket = 0; bucket < Latencies.BUCKETS; bucket++) {
      if (latencies.count(bucket) != 0) {
        out.number(bucket - before);
        out.number(latencies.count(bucket));
        before = bucket;
      }
    }
    return out.toByteArray();
  }

  private static Latencies unpacked(byte[] bytes) {
    Latencies latencies = new Latencies();
    PackedReader in = new PackedReader(bytes);
    int bucket = 0;
    while (!in.atEnd()) {
      bucket += (int) in.number();
      latencies.add(bucket, in.number());
    }
    return latencies;
  }
}
