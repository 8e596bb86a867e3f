package dev.licet.store.postgres;

import dev.licet.domain.usage.JournalStore;
import dev.licet.domain.usage.UsageEvent;
import dev.licet.store.sql.JournalStatements;
import dev.licet.store.sql.Sessions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The journal: a batch is one statement, one commit and one round trip, on a connection of its own.
 */
final class PostgresJournal implements JournalStore, AutoCloseable {
  /** Appends events; their ids follow the first. */
  private static final String INSERT =
      """
      INSERT INTO usage_events (id, at, license_no, outcome, domain, fingerprint, ip,
        domain_seat, device_seat)
      SELECT CAST(? AS BIGINT) + n - 1, at, license_no, outcome, domain, fingerprint, ip,
        domain_seat, device_seat
      FROM unnest(CAST(? AS BIGINT[]), CAST(? AS BIGINT[]), CAST(? AS SMALLINT[]),
          CAST(? AS TEXT[]), CAST(? AS TEXT[]), CAST(? AS TEXT[]),
          CAST(? AS BIGINT[]), CAST(? AS BIGINT[]))
        WITH ORDINALITY AS e (at, license_no, outcome, domain, fingerprint, ip,
          domain_seat, device_seat, n)
      """;

  private final Sessions sessions;
  private final InstantSource clock;
  private final PostgresLink<PreparedStatement> link;

  PostgresJournal(Sessions sessions, PostgresConnections connections, InstantSource clock) {
    this.sessions = sessions;
    this.clock = clock;
    this.link = new PostgresLink<>(connections, connection -> connection.prepareStatement(INSERT));
  }

  @Override
  public long openNode() {
    Sessions.JdbcWork<Long> open =
        connection -> JournalStatements.openNode(connection, clock.millis());
    return sessions.write(open.onHandle());
  }

  @Override
  public void append(long firstId, List<UsageEvent> events) {
    link.run(insert -> {
      bind(insert, firstId, events);
      return insert.executeUpdate();
    });
  }

  @Override
  public long nextId(long nodeNo) {
    return link.run(insert -> JournalStatements.nextId(insert.getConnection(), nodeNo));
  }

  private static void bind(PreparedStatement insert, long firstId, List<UsageEvent> events)
      throws SQLException {
    int size = events.size();
    long[] times = new long[size];
    long[] licenses = new long[size];
    short[] outcomes = new short[size];
    @Nullable String[] domains = new @Nullable String[size];
    @Nullable String[] fingerprints = new @Nullable String[size];
    @Nullable String[] ips = new @Nullable String[size];
    long[] domainSeats = new long[size];
    long[] deviceSeats = new long[size];
    for (int i = 0; i < size; i++) {
      UsageEvent event = events.get(i);
      times[i] = event.atMillis();
      licenses[i] = event.licenseNo();
      outcomes[i] = (short) event.outcome().number();
      domains[i] = event.domain();
      fingerprints[i] = event.fingerprint();
      ips[i] = event.ip();
      domainSeats[i] = event.domainSeat();
      deviceSeats[i] = event.deviceSeat();
    }
    Connection connection = insert.getConnection();
    insert.setLong(1, firstId);
    insert.setArray(2, PostgresArrays.of(connection, times));
    insert.setArray(3, PostgresArrays.of(connection, licenses));
    insert.setArray(4, PostgresArrays.of(connection, outcomes));
    insert.setArray(5, PostgresArrays.of(connection, domains));
    insert.setArray(6, PostgresArrays.of(connection, fingerprints));
    insert.setArray(7, PostgresArrays.of(connection, ips));
    insert.setArray(8, PostgresArrays.of(connection, domainSeats));
    insert.setArray(9, PostgresArrays.of(connection, deviceSeats));
  }

  @Override
  public void close() {
    link.close();
  }
}
