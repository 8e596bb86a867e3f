package dev.licet.store.postgres;

import dev.licet.domain.usage.FoldStore.Position;
import dev.licet.domain.usage.UsageName;
import dev.licet.store.sql.FoldDeltas;
import dev.licet.store.sql.FoldPositions;
import dev.licet.store.sql.SqlFoldStore;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.function.ToLongFunction;

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
      INSERT INTO usage_hours AS u (hour, account_no, live, license_no, outcome, domain, device,
        country, quarter1, quarter2, quarter3, quarter4)
      SELECT * FROM unnest(%s)
      ON CONFLICT (hour, account_no, live, license_no, outcome, domain, device, country)
      DO UPDATE SET
        quarter1 = u.quarter1 + excluded.quarter1, quarter2 = u.quarter2 + excluded.quarter2,
        quarter3 = u.quarter3 + excluded.quarter3, quarter4 = u.quarter4 + excluded.quarter4
      """
          .formatted(arrays(12));

  /** Adds uses within days. */
  private static final String DAYS =
      """
      INSERT INTO usage_daily AS u (day, account_no, live, license_no, outcome, domain, device,
        country, validations)
      SELECT * FROM unnest(%s)
      ON CONFLICT (day, account_no, live, license_no, outcome, domain, device, country)
      DO UPDATE SET validations = u.validations + excluded.validations
      """
          .formatted(arrays(9));

  /** Adds uses of accounts; the last table, since all folders write the same few rows. */
  private static final String ACCOUNTS =
      """
      INSERT INTO usage_accounts AS u (account_no, live, hour, plan_no, product_no, outcome,
        country, quarter1, quarter2, quarter3, quarter4)
      SELECT * FROM unnest(%s)
      ON CONFLICT (account_no, live, hour, plan_no, product_no, outcome, country) DO UPDATE SET
        quarter1 = u.quarter1 + excluded.quarter1, quarter2 = u.quarter2 + excluded.quarter2,
        quarter3 = u.quarter3 + excluded.quarter3, quarter4 = u.quarter4 + excluded.quarter4
      """
          .formatted(arrays(11));

  /** Notes where events stand. */
  private static final String INDEX =
      "INSERT INTO usage_index (day, block, license_no, id, at, outcome) SELECT * FROM unnest("
          + arrays(6)
          + ")";

  /** Widens the times of blocks. */
  private static final String BLOCKS =
      """
      INSERT INTO usage_blocks AS b (day, block, first_at, last_at)
      SELECT * FROM unnest(%s)
      ON CONFLICT (day, block) DO UPDATE SET
        first_at = LEAST(b.first_at, excluded.first_at),
        last_at = GREATEST(b.last_at, excluded.last_at)
      """
          .formatted(arrays(4));

  /** Writes names down, or that they were seen again. */
  private static final String NAMES =
      """
      INSERT INTO usage_names AS n (account_no, license_no, kind, hash, month, value)
      SELECT account_no, license_no, kind, hash, MAX(month), MIN(value)
      FROM unnest(%s, CAST(? AS TEXT[])) given (account_no, license_no, kind, hash, month, value)
      GROUP BY account_no, license_no, kind, hash ORDER BY account_no, license_no, kind, hash
      ON CONFLICT (account_no, license_no, kind, hash) DO UPDATE SET month = excluded.month
        WHERE n.month < excluded.month
      """
          .formatted(arrays(5));

  /** Writes down from where licences were used. */
  private static final String NETWORKS =
      """
      INSERT INTO usage_networks (day, account_no, live, license_no, network)
      SELECT * FROM unnest(%s)
      ON CONFLICT DO NOTHING
      """
          .formatted(arrays(5));

  private static String arrays(int columns) {
    return String.join(", ", Collections.nCopies(columns, "CAST(? AS BIGINT[])"));
  }

  private final PostgresPartitions partitions;

  PostgresDeltaWriter(PostgresPartitions partitions) {
    this.partitions = partitions;
  }

  @Override
  public boolean move(Connection connection, Position from, Position to, long erasures)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(FoldPositions.MOVE_AS_READ)) {
      return FoldPositions.move(update, from, to, erasures);
    }
  }

  @Override
  public void write(Connection connection, FoldDeltas deltas) throws SQLException {
    try {
      writeAll(connection, deltas);
    } catch (SQLException e) {
      partitions.wasDropped(e); // then it is there when this slice is tried again
      throw e;
    }
  }

  private void writeAll(Connection connection, FoldDeltas deltas) throws SQLException {
    for (long[] block : deltas.blocks()) {
      partitions.require(connection, block[0]);
    }
    run(connection, LICENSES, 4, deltas.licenses());
    run(connection, SEATS, 3, deltas.seats());
    run(connection, HOURS, 12, deltas.hours());
    run(connection, DAYS, 9, deltas.days());
    run(connection, INDEX, 6, deltas.index());
    run(connection, BLOCKS, 4, deltas.blocks());
    write(connection, deltas.names());
    run(connection, NETWORKS, 5, deltas.networks());
    if (deltas.run() != null) {
      try (PreparedStatement insert = connection.prepareStatement(FoldDeltas.Run.INSERT)) {
        deltas.run().insert(insert);
      }
    }
    run(connection, ACCOUNTS, 11, deltas.accounts());
  }

  private static void write(Connection connection, List<UsageName> names) throws SQLException {
    if (names.isEmpty()) {
      return;
    }
    try (PreparedStatement insert = connection.prepareStatement(NAMES)) {
      insert.setArray(1, column(connection, names, UsageName::accountNo));
      insert.setArray(2, column(connection, names, UsageName::licenseNo));
      insert.setArray(3, column(connection, names, name -> name.kind().number()));
      insert.setArray(4, column(connection, names, UsageName::hash));
      insert.setArray(5, column(connection, names, UsageName::month));
      String[] values = names.stream().map(UsageName::value).toArray(String[]::new);
      insert.setArray(6, connection.createArrayOf("text", values));
      insert.executeUpdate();
    }
  }

  private static Array column(
      Connection connection, List<UsageName> names, ToLongFunction<UsageName> value)
      throws SQLException {
    return PostgresArrays.of(connection, names.stream().mapToLong(value).toArray());
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
