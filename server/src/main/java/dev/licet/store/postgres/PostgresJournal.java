package dev.licet.store.postgres;

import dev.licet.domain.usage.JournalStore;
import dev.licet.domain.usage.MonthlyUse;
import dev.licet.domain.usage.UsageEvent;
import dev.licet.store.sql.JournalStatements;
import dev.licet.store.sql.Sessions;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * The journal: a batch is one statement, one commit and one round trip, on a connection of its own.
 */
final class PostgresJournal implements JournalStore, AutoCloseable {
  /** Appends a batch and adds to what its accounts have used, as one statement. */
  private static final String APPEND =
      "WITH batch AS ("
          + JournalStatements.APPEND
          + """
          )
          INSERT INTO account_usage AS u (node_no, account_no, month, validations)
          SELECT ?, used.* FROM unnest(CAST(? AS BIGINT[]), CAST(? AS BIGINT[]),
            CAST(? AS BIGINT[])) used
          ON CONFLICT (account_no, month, node_no) DO UPDATE SET
            validations = u.validations + excluded.validations
          """;

  private final Sessions sessions;
  private final PostgresPartitions partitions;
  private final InstantSource clock;
  private final PostgresLink<PreparedStatement> link;

  PostgresJournal(
      Sessions sessions,
      PostgresConnections connections,
      PostgresPartitions partitions,
      InstantSource clock) {
    this.sessions = sessions;
    this.partitions = partitions;
    this.clock = clock;
    this.link = new PostgresLink<>(connections, connection -> connection.prepareStatement(APPEND));
  }

  @Override
  public long openNode() {
    Sessions.JdbcWork<Long> open =
        connection -> JournalStatements.openNode(connection, clock.millis());
    return sessions.write(open.onHandle());
  }

  @Override
  public void append(long firstId, List<UsageEvent> events, List<MonthlyUse> uses) {
    link.run(append -> {
      long day = JournalStatements.day(events);
      partitions.require(append.getConnection(), day);
      JournalStatements.bind(append, firstId, events);
      int parameter = JournalStatements.APPENDED;
      append.setLong(++parameter, JournalStore.nodeNo(firstId));
      append.setArray(++parameter, column(append, uses, MonthlyUse::accountNo));
      append.setArray(++parameter, column(append, uses, MonthlyUse::month));
      append.setArray(++parameter, column(append, uses, MonthlyUse::validations));
      try {
        return append.executeUpdate();
      } catch (SQLException e) {
        if (!partitions.wasDropped(e)) {
          throw e;
        }
        partitions.require(append.getConnection(), day);
        return append.executeUpdate();
      }
    });
  }

  private static Array column(
      PreparedStatement append, List<MonthlyUse> uses, ToLongFunction<MonthlyUse> value)
      throws SQLException {
    return PostgresArrays.of(append.getConnection(), uses.stream().mapToLong(value).toArray());
  }

  @Override
  public long nextId(long nodeNo) {
    return link.run(insert -> JournalStatements.nextId(insert.getConnection(), nodeNo));
  }

  @Override
  public void close() {
    link.close();
  }
}
