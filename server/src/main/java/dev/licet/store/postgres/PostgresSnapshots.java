package dev.licet.store.postgres;

import dev.licet.domain.activation.Seat;
import dev.licet.domain.license.KeyVault;
import dev.licet.domain.validation.LicenseSnapshot;
import dev.licet.domain.validation.SnapshotSource;
import dev.licet.store.sql.Faults;
import dev.licet.store.sql.GroupedCalls;
import dev.licet.store.sql.SnapshotStatements;
import dev.licet.store.sql.SnapshotStatements.Parts;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Snapshots, of all keys that are asked for at a moment at once: a round trip costs more than what
 * it brings, and after a start every key is asked for.
 */
final class PostgresSnapshots implements SnapshotSource {
  /**
   * As {@link SnapshotStatements#LICENSE}, of several keys. Binds the time and the look-ups; a row
   * says which of them it belongs to, from 1.
   */
  private static final String LICENSES =
      """
      SELECT w.place, %s
      FROM (SELECT CAST(? AS BIGINT) AS now) t
      CROSS JOIN unnest(CAST(? AS BYTEA[])) WITH ORDINALITY AS w(lookup, place)
      CROSS JOIN LATERAL (%s) k
      %s
      """
          .formatted(Parts.COLUMNS, Parts.CHOSEN.formatted("w.lookup", "t.now"), Parts.JOINS);

  /**
   * As {@link SnapshotStatements#SEATS}, of several licences. Binds their numbers. The offset keeps
   * the look-up by licence, also while there are no statistics of the seats.
   */
  private static final String SEATS =
      "SELECT s.* FROM unnest(CAST(? AS BIGINT[])) AS w(license_no) CROSS JOIN LATERAL ("
          + SnapshotStatements.SEATS.replace("= ?", "= w.license_no")
          + " OFFSET 0) s";

  /**
   * Groups at once: one is on its way while the next one gathers, and a slow one stops no other.
   */
  private static final int GROUPS = 2;

  private static final int MAX_GROUP = 256;

  private final PostgresPool readers;
  private final KeyVault vault;
  private final InstantSource clock;
  private final SnapshotStatements statements = new SnapshotStatements();
  private final GroupedCalls<byte[], @Nullable LicenseSnapshot> lookups =
      new GroupedCalls<>(GROUPS, MAX_GROUP, this::findAll);

  PostgresSnapshots(PostgresPool readers, KeyVault vault, InstantSource clock) {
    this.readers = readers;
    this.vault = vault;
    this.clock = clock;
  }

  @Override
  public @Nullable LicenseSnapshot find(String canonicalKey) {
    return lookups.call(vault.lookup(canonicalKey));
  }

  private List<@Nullable LicenseSnapshot> findAll(List<byte[]> keys) {
    long now = clock.millis();
    try (Connection connection = readers.get();
        PreparedStatement licenses = scrollable(connection);
        PreparedStatement seats = connection.prepareStatement(SEATS)) {
      licenses.setLong(1, now);
      licenses.setArray(2, connection.createArrayOf("bytea", keys.toArray(byte[][]::new)));
      try (ResultSet row = licenses.executeQuery()) {
        seats.setArray(1, PostgresArrays.of(connection, numbers(row)));
        return snapshots(row, SnapshotStatements.seats(seats, now), keys.size());
      }
    } catch (SQLException e) {
      throw Faults.translate(PostgresDialect.DIALECT, e);
    }
  }

  private static PreparedStatement scrollable(Connection connection) throws SQLException {
    return connection.prepareStatement(
        LICENSES, ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY);
  }

  private static long[] numbers(ResultSet row) throws SQLException {
    List<Long> numbers = new ArrayList<>();
    while (row.next()) {
      numbers.add(row.getLong("no"));
    }
    return numbers.stream().mapToLong(Long::longValue).distinct().toArray();
  }

  private List<@Nullable LicenseSnapshot> snapshots(
      ResultSet row, Map<Long, List<Seat>> seats, int size) throws SQLException {
    @Nullable LicenseSnapshot[] found = new @Nullable LicenseSnapshot[size];
    row.beforeFirst();
    while (row.next()) {
      found[row.getInt("place") - 1] = statements.snapshot(row, seats);
    }
    List<@Nullable LicenseSnapshot> snapshots = new ArrayList<>(size);
    for (LicenseSnapshot each : found) {
      snapshots.add(each);
    }
    return snapshots;
  }
}
