package dev.licet.store.sqlite;

import dev.licet.domain.usage.FoldStore.Position;
import dev.licet.domain.usage.UsageName;
import dev.licet.store.sql.FoldDeltas;
import dev.licet.store.sql.FoldPositions;
import dev.licet.store.sql.SqlFoldStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes what the fold adds up, in the order of the keys, many rows in a statement: most of what a
 * statement costs is the way between Java and SQLite. Only the thread that has the writer calls it.
 */
final class SqliteDeltaWriter implements SqlFoldStore.DeltaWriter {
  /** Rows of a statement, the most first. */
  private static final int[] SIZES = {32, 4, 1};

  /** Adds uses of licences. */
  private static final Upsert LICENSES =
      new Upsert(
          """
          INSERT INTO license_usage (license_no, outcome, validations, last_at) VALUES
          """,
          4,
          """
          ON CONFLICT (license_no, outcome) DO UPDATE SET
            validations = validations + excluded.validations,
            last_at = MAX(last_at, excluded.last_at)
          """);

  /** Adds uses of seats. */
  private static final Upsert SEATS =
      new Upsert(
          "INSERT INTO activation_usage (activation_no, validations, last_validated_at) VALUES ",
          3,
          """
          ON CONFLICT (activation_no) DO UPDATE SET
            validations = validations + excluded.validations,
            last_validated_at = MAX(last_validated_at, excluded.last_validated_at)
          """);

  /** Adds uses within hours. */
  private static final Upsert HOURS =
      new Upsert(
          """
          INSERT INTO usage_hours (hour, account_no, live, license_no, outcome, domain, device,
            country, quarter1, quarter2, quarter3, quarter4) VALUES
          """,
          12,
          """
          ON CONFLICT DO UPDATE SET
            quarter1 = quarter1 + excluded.quarter1, quarter2 = quarter2 + excluded.quarter2,
            quarter3 = quarter3 + excluded.quarter3, quarter4 = quarter4 + excluded.quarter4
          """);

  /** Adds uses within days. */
  private static final Upsert DAYS =
      new Upsert(
          """
          INSERT INTO usage_daily (day, account_no, live, license_no, outcome, domain, device,
            country, validations) VALUES
          """,
          9,
          "ON CONFLICT DO UPDATE SET validations = validations + excluded.validations");

  /** Adds uses of accounts. */
  private static final Upsert ACCOUNTS =
      new Upsert(
          """
          INSERT INTO usage_accounts (account_no, live, hour, plan_no, product_no, outcome, country,
            quarter1, quarter2, quarter3, quarter4) VALUES
          """,
          11,
          """
          ON CONFLICT DO UPDATE SET
            quarter1 = quarter1 + excluded.quarter1, quarter2 = quarter2 + excluded.quarter2,
            quarter3 = quarter3 + excluded.quarter3, quarter4 = quarter4 + excluded.quarter4
          """);

  /** Notes where events stand. */
  private static final Upsert INDEX =
      new Upsert(
          "INSERT INTO usage_index (day, block, license_no, id, at, outcome) VALUES ", 6, "");

  /** Widens the times of blocks. */
  private static final Upsert BLOCKS =
      new Upsert(
          "INSERT INTO usage_blocks (day, block, first_at, last_at) VALUES ",
          4,
          """
          ON CONFLICT (day, block) DO UPDATE SET
            first_at = MIN(first_at, excluded.first_at),
            last_at = MAX(last_at, excluded.last_at)
          """);

  /** Writes down from where licences were used. */
  private static final Upsert NETWORKS =
      new Upsert(
          "INSERT INTO usage_networks (day, account_no, live, license_no, network) VALUES ",
          5,
          "ON CONFLICT DO NOTHING");

  /** Writes a name down, or that it was seen again. */
  private static final String NAME =
      """
      INSERT INTO usage_names (account_no, license_no, kind, hash, value, month)
      VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (account_no, license_no, kind, hash) DO UPDATE SET month = excluded.month
        WHERE month < excluded.month
      """;

  /** Of the writer's connection, which is another one after a fault. */
  private @Nullable PreparedStatements prepared;

  /**
   * A statement for any number of rows.
   *
   * @param texts of each of {@link #SIZES}
   */
  private record Upsert(List<String> texts) {
    Upsert(String head, int columns, String tail) {
      this(Arrays.stream(SIZES).mapToObj(rows -> text(head, columns, rows, tail)).toList());
    }

    private static String text(String head, int columns, int rows, String tail) {
      String row = "(" + String.join(", ", Collections.nCopies(columns, "?")) + ")";
      return head + String.join(", ", Collections.nCopies(rows, row)) + " " + tail;
    }
  }

  @Override
  public boolean move(Connection connection, Position from, Position to, long erasures)
      throws SQLException {
    PreparedStatement update = prepare(connection, FoldPositions.MOVE_AS_READ);
    return FoldPositions.move(update, from, to, erasures);
  }

  @Override
  public void write(Connection connection, FoldDeltas deltas) throws SQLException {
    run(connection, LICENSES, deltas.licenses());
    run(connection, SEATS, deltas.seats());
    run(connection, HOURS, deltas.hours());
    run(connection, DAYS, deltas.days());
    run(connection, ACCOUNTS, deltas.accounts());
    run(connection, NETWORKS, deltas.networks());
    run(connection, INDEX, deltas.index());
    run(connection, BLOCKS, deltas.blocks());
    write(connection, deltas.names());
    if (deltas.run() != null) {
      deltas.run().insert(prepare(connection, FoldDeltas.Run.INSERT));
    }
  }

  private void write(Connection connection, List<UsageName> names) throws SQLException {
    PreparedStatement insert = prepare(connection, NAME);
    for (UsageName name : names) {
      insert.setLong(1, name.accountNo());
      insert.setLong(2, name.licenseNo());
      insert.setInt(3, name.kind().number());
      insert.setLong(4, name.hash());
      insert.setString(5, name.value());
      insert.setInt(6, name.month());
      insert.executeUpdate();
    }
  }

  private void run(Connection connection, Upsert upsert, List<long[]> rows) throws SQLException {
    int done = 0;
    for (int i = 0; i < SIZES.length; i++) {
      int size = SIZES[i];
      if (rows.size() - done < size) {
        continue;
      }
      PreparedStatement statement = prepare(connection, upsert.texts().get(i));
      for (; rows.size() - done >= size; done += size) {
        int parameter = 1;
        for (long[] row : rows.subList(done, done + size)) {
          for (long value : row) {
            statement.setLong(parameter++, value);
          }
        }
        statement.executeUpdate();
      }
    }
  }

  private PreparedStatement prepare(Connection connection, String sql) throws SQLException {
    if (prepared == null || !prepared.areOf(connection)) {
      prepared = new PreparedStatements(connection);
    }
    return prepared.get(sql);
  }
}
