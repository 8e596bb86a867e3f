package dev.licet.store.sqlite;

import dev.licet.domain.usage.JournalStore;
import dev.licet.domain.usage.UsageEvent;
import dev.licet.store.sql.JournalStatements;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;

/** The journal: batches appended through the writer by one prepared statement. */
final class SqliteJournal implements JournalStore {
  /** Appends an event. */
  private static final String INSERT =
      """
      INSERT INTO usage_events (id, at, license_no, outcome, domain, fingerprint, ip,
        domain_seat, device_seat)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private final SqliteWriter writer;
  private final SqliteReaders readers;
  private final InstantSource clock;

  SqliteJournal(SqliteWriter writer, SqliteReaders readers, InstantSource clock) {
    this.writer = writer;
    this.readers = readers;
    this.clock = clock;
  }

  @Override
  public long openNode() {
    return writer.transaction(
        session -> JournalStatements.openNode(session.connection(), clock.millis()));
  }

  @Override
  public void append(long firstId, List<UsageEvent> events) {
    writer.transaction(session -> {
      PreparedStatement insert = session.prepared(INSERT);
      long id = firstId;
      for (UsageEvent event : events) {
        bind(insert, id++, event);
        insert.addBatch();
      }
      return insert.executeBatch();
    });
  }

  @Override
  public long nextId(long nodeNo) {
    return readers.run(session -> JournalStatements.nextId(session.connection(), nodeNo));
  }

  private static void bind(PreparedStatement insert, long id, UsageEvent event)
      throws SQLException {
    insert.setLong(1, id);
    insert.setLong(2, event.atMillis());
    insert.setLong(3, event.licenseNo());
    insert.setInt(4, event.outcome().number());
    insert.setString(5, event.domain());
    insert.setString(6, event.fingerprint());
    insert.setString(7, event.ip());
    insert.setLong(8, event.domainSeat());
    insert.setLong(9, event.deviceSeat());
  }
}
