package dev.licet.store.postgres;

import dev.licet.domain.usage.JournalStore;
import dev.licet.domain.usage.UsageEvent;
import dev.licet.store.sql.JournalStatements;
import dev.licet.store.sql.Sessions;
import java.sql.PreparedStatement;
import java.time.InstantSource;
import java.util.List;

/**
 * The journal: a batch is one statement, one commit and one round trip, on a connection of its own.
 */
final class PostgresJournal implements JournalStore, AutoCloseable {
  private final Sessions sessions;
  private final InstantSource clock;
  private final PostgresLink<PreparedStatement> link;

  PostgresJournal(Sessions sessions, PostgresConnections connections, InstantSource clock) {
    this.sessions = sessions;
    this.clock = clock;
    this.link =
        new PostgresLink<>(
            connections, connection -> connection.prepareStatement(JournalStatements.append()));
  }

  @Override
  public long openNode() {
    Sessions.JdbcWork<Long> open =
        connection -> JournalStatements.openNode(connection, clock.millis());
    return sessions.write(open.onHandle());
  }

  @Override
  public void append(long firstId, List<UsageEvent> events) {
    link.run(append -> JournalStatements.append(append, firstId, events));
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
