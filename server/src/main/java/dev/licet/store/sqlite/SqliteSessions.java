package dev.licet.store.sqlite;

import dev.licet.store.sql.ReportRoom;
import dev.licet.store.sql.Sessions;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** Transactions: reads on the readers, writes on the writer. */
record SqliteSessions(SqliteWriter writer, SqliteReaders readers, ReportRoom room)
    implements Sessions {
  @Override
  public <T> T read(Function<Handle, T> work) {
    return readers.snapshot(session -> work.apply(session.handle()));
  }

  @Override
  public <T> T report(Function<Handle, T> work) {
    return room.during(() -> read(work));
  }

  @Override
  public <T> T write(Function<Handle, T> work) {
    return writer.transaction(session -> work.apply(session.handle()));
  }

  @Override
  public <T> T writeLazily(Function<Handle, T> work) {
    return writer.lazyTransaction(session -> work.apply(session.handle()));
  }
}
