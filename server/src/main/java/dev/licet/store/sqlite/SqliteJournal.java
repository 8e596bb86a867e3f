package dev.licet.store.sqlite;

import dev.licet.domain.usage.JournalStore;
import dev.licet.domain.usage.MonthlyUse;
import dev.licet.domain.usage.UsageEvent;
import dev.licet.store.sql.JournalStatements;
import java.sql.PreparedStatement;
import java.time.InstantSource;
import java.util.List;

/** The journal: a batch is one row, and one for each account in it, through the writer. */
final class SqliteJournal implements JournalStore {
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
  public void append(long firstId, List<UsageEvent> events, List<MonthlyUse> uses) {
    writer.transaction(session -> {
      PreparedStatement append = session.prepared(JournalStatements.APPEND);
      JournalStatements.bind(append, firstId, events);
      PreparedStatement count = session.prepared(JournalStatements.COUNT);
      for (MonthlyUse use : uses) {
        JournalStatements.bind(count, JournalStore.nodeNo(firstId), use);
        count.executeUpdate();
      }
      return append.executeUpdate();
    });
  }

  @Override
  public long nextId(long nodeNo) {
    return readers.run(session -> JournalStatements.nextId(session.connection(), nodeNo));
  }
}
