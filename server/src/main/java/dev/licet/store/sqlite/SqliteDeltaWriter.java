package dev.licet.store.sqlite;

import dev.licet.store.sql.FoldDeltas;
import dev.licet.store.sql.SqlFoldStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Writes what the fold adds up, row by row in the order of the keys. */
final class SqliteDeltaWriter implements SqlFoldStore.DeltaWriter {
  /** Adds uses of a licence. */
  private static final String LICENSE =
      """
      INSERT INTO license_usage (license_no, validations, revoked, suspended, expired,
        domain_invalid, device_limit, domain_limit, last_validated_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (license_no) DO UPDATE SET
        validations = validations + excluded.validations,
        revoked = revoked + excluded.revoked,
        suspended = suspended + excluded.suspended,
        expired = expired + excluded.expired,
        domain_invalid = domain_invalid + excluded.domain_invalid,
        device_limit = device_limit + excluded.device_limit,
        domain_limit = domain_limit + excluded.domain_limit,
        last_validated_at = MAX(last_validated_at, excluded.last_validated_at)
      """;

  /** Adds uses of a seat. */
  private static final String SEAT =
      """
      INSERT INTO activation_usage (activation_no, validations, last_validated_at)
      VALUES (?, ?, ?)
      ON CONFLICT (activation_no) DO UPDATE SET
        validations = validations + excluded.validations,
        last_validated_at = MAX(last_validated_at, excluded.last_validated_at)
      """;

  /** Adds uses within an hour. */
  private static final String HOUR =
      """
      INSERT INTO usage_hourly (hour, license_no, outcome, validations) VALUES (?, ?, ?, ?)
      ON CONFLICT (hour, license_no, outcome) DO UPDATE SET
        validations = validations + excluded.validations
      """;

  /** Notes where an event stands. */
  private static final String INDEX =
      "INSERT INTO usage_index (block, license_no, id) VALUES (?, ?, ?)";

  /** Widens the times of a block. */
  private static final String BLOCK =
      """
      INSERT INTO usage_blocks (block, first_at, last_at) VALUES (?, ?, ?)
      ON CONFLICT (block) DO UPDATE SET
        first_at = MIN(first_at, excluded.first_at),
        last_at = MAX(last_at, excluded.last_at)
      """;

  @Override
  public void write(Connection connection, FoldDeltas deltas) throws SQLException {
    run(connection, LICENSE, deltas.licenses(), SqliteDeltaWriter::bind);
    run(connection, SEAT, deltas.seats(), SqliteDeltaWriter::bind);
    run(connection, HOUR, deltas.hours(), SqliteDeltaWriter::bind);
    run(connection, INDEX, deltas.index(), SqliteDeltaWriter::bind);
    run(connection, BLOCK, deltas.blocks(), SqliteDeltaWriter::bind);
  }

  private interface Binder<T> {
    void bind(PreparedStatement statement, T value) throws SQLException;
  }

  private static <T> void run(
      Connection connection, String sql, Iterable<T> values, Binder<T> binder) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (T value : values) {
        binder.bind(statement, value);
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  private static void bind(PreparedStatement statement, FoldDeltas.LicenseUses uses)
      throws SQLException {
    statement.setLong(1, uses.licenseNo());
    int column = 2;
    for (long count : uses.counts()) {
      statement.setLong(column++, count);
    }
    statement.setLong(column, uses.lastAt());
  }

  private static void bind(PreparedStatement statement, FoldDeltas.SeatUses uses)
      throws SQLException {
    statement.setLong(1, uses.seatNo());
    statement.setLong(2, uses.count());
    statement.setLong(3, uses.lastAt());
  }

  private static void bind(PreparedStatement statement, FoldDeltas.HourUses uses)
      throws SQLException {
    statement.setLong(1, uses.hour());
    statement.setLong(2, uses.licenseNo());
    statement.setInt(3, uses.outcome());
    statement.setLong(4, uses.count());
  }

  private static void bind(PreparedStatement statement, FoldDeltas.IndexRow row)
      throws SQLException {
    statement.setLong(1, row.block());
    statement.setLong(2, row.licenseNo());
    statement.setLong(3, row.id());
  }

  private static void bind(PreparedStatement statement, FoldDeltas.BlockTimes times)
      throws SQLException {
    statement.setLong(1, times.block());
    statement.setLong(2, times.firstAt());
    statement.setLong(3, times.lastAt());
  }
}
