package dev.licet.store.postgres;

import dev.licet.store.sql.FoldDeltas;
import dev.licet.store.sql.SqlFoldStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/**
 * Writes what the fold adds up, one statement per table. Rows come in the order of the keys, so
 * that two folders never wait for each other in a circle.
 */
final class PostgresDeltaWriter implements SqlFoldStore.DeltaWriter {
  /** Adds uses of licences. */
  private static final String LICENSES =
      """
      INSERT INTO license_usage AS u (license_no, outcome, validations, last_at)
      SELECT * FROM unnest(CAST(? AS BIGINT[]), CAST(? AS BIGINT[]), CAST(? AS BIGINT[]),
        CAST(? AS BIGINT[]))
      ON CONFLICT (license_no, outcome) DO UPDATE SET
        validations = u.validations + excluded.validations,
        last_at = GREATEST(u.last_at, excluded.last_at)
      """;

  /** Adds uses of seats. */
  private static final String SEATS =
      """
      INSERT INTO activation_usage AS u (activation_no, validations, last_validated_at)
      SELECT * FROM unnest(CAST(? AS BIGINT[]), CAST(? AS BIGINT[]), CAST(? AS BIGINT[]))
      ON CONFLICT (activation_no) DO UPDATE SET
        validations = u.validations + excluded.validations,
        last_validated_at = GREATEST(u.last_validated_at, excluded.last_validated_at)
      """;

  /** Adds uses within hours. */
  private static final String HOURS =
      """
      INSERT INTO usage_hourly AS u (hour, license_no, outcome, validations)
      SELECT * FROM unnest(CAST(? AS BIGINT[]), CAST(? AS BIGINT[]), CAST(? AS BIGINT[]),
        CAST(? AS BIGINT[]))
      ON CONFLICT (hour, license_no, outcome) DO UPDATE SET
        validations = u.validations + excluded.validations
      """;

  /** Notes where events stand. */
  private static final String INDEX =
      """
      INSERT INTO usage_index (block, license_no, id, at, outcome)
      SELECT * FROM unnest(CAST(? AS BIGINT[]), CAST(? AS BIGINT[]), CAST(? AS BIGINT[]),
        CAST(? AS BIGINT[]), CAST(? AS BIGINT[]))
      """;

  /** Widens the times of blocks. */
  private static final String BLOCKS =
      """
      INSERT INTO usage_blocks AS b (block, first_at, last_at)
      SELECT * FROM unnest(CAST(? AS BIGINT[]), CAST(? AS BIGINT[]), CAST(? AS BIGINT[]))
      ON CONFLICT (block) DO UPDATE SET
        first_at = LEAST(b.first_at, excluded.first_at),
        last_at = GREATEST(b.last_at, excluded.last_at)
      """;

  @Override
  public void write(Connection connection, FoldDeltas deltas) throws SQLException {
    run(connection, LICENSES, 4, deltas.licenses());
    run(connection, SEATS, 3, deltas.seats());
    run(connection, HOURS, 4, deltas.hours());
    run(connection, INDEX, 5, deltas.index());
    run(connection, BLOCKS, 3, deltas.blocks());
  }

  private static void run(Connection connection, String sql, int columns, List<long[]> rows)
      throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int column = 0; column < columns; column++) {
        int place = column;
        long[] values = rows.stream().mapToLong(row -> row[place]).toArray();
        statement.setArray(column + 1, PostgresArrays.of(connection, values));
      }
      statement.executeUpdate();
    }
  }
}
