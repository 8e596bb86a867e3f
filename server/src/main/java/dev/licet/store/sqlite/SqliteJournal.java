package dev.licet.store.sqlite;

import dev.licet.domain.usage.JournalStore;
import dev.licet.domain.usage.UsageEvent;
import dev.licet.store.sql.JournalStatements;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** The journal: batches appended through the writer by statements that stay prepared. */
final class SqliteJournal implements JournalStore {
  /**
   * Rows of a statement, largest first: one of 64 rows takes half the time of 64 of one, most of
   * which is spent between Java and SQLite.
   */
  private static final int[] SIZES = {64, 16, 1};

  /** Appends so many events. */
  private static final String[] INSERTS =
      Arrays.stream(SIZES).mapToObj(SqliteJournal::insert).toArray(String[]::new);

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
      int done = 0;
      for (int i = 0; i < SIZES.length; i++) {
        for (; events.size() - done >= SIZES[i]; done += SIZES[i]) {
          PreparedStatement insert = session.prepared(INSERTS[i]);
          bind(insert, firstId + done, events.subList(done, done + SIZES[i]));
          insert.executeUpdate();
        }
      }
      return done;
    });
  }

  @Override
  public long nextId(long nodeNo) {
    return readers.run(session -> JournalStatements.nextId(session.connection(), nodeNo));
  }

  private static String insert(int rows) {
    return """
    INSERT INTO usage_events (id, at, license_no, outcome, domain, fingerprint, ip,
      domain_seat, device_seat)
    VALUES
    """
        + String.join(", ", Collections.nCopies(rows, "(?, ?, ?, ?, ?, ?, ?, ?, ?)"));
  }

  private static void bind(PreparedStatement insert, long firstId, List<UsageEvent> events)
      throws SQLException {
    int parameter = 1;
    long id = firstId;
    for (UsageEvent event : events) {
      insert.setLong(parameter++, id++);
      insert.setLong(parameter++, event.atMillis());
      insert.setLong(parameter++, event.licenseNo());
      insert.setInt(parameter++, event.outcome().number());
      insert.setString(parameter++, event.domain());
      insert.setString(parameter++, event.fingerprint());
      insert.setString(parameter++, event.ip());
      insert.setLong(parameter++, event.domainSeat());
      insert.setLong(parameter++, event.deviceSeat());
    }
  }
}
