package dev.licet.store.sqlite;

import dev.licet.domain.StoreUnavailableException;
import dev.licet.store.sql.Faults;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Connections that read, beside the writer and without waiting for it. */
final class SqliteReaders implements AutoCloseable {
  private static final long WAIT_SECONDS = 5;

  private final Path file;
  private final LinkedBlockingDeque<Slot> idle = new LinkedBlockingDeque<>();

  private volatile boolean closed;

  /** Room for a session: opened when first used and after a fault. */
  private static final class Slot {
    @Nullable SqliteSession session;
  }

  /**
   * @param count how many may read at once; each is opened when it is first needed
   */
  SqliteReaders(Path file, int count) {
    this.file = file;
    for (int i = 0; i < count; i++) {
      idle.add(new Slot());
    }
  }

  /** Runs {@code work} on one state of the database. */
  <T extends @Nullable Object> T snapshot(SessionWork<T> work) {
    return run(reader -> {
      reader.begin();
      try {
        return work.run(reader);
      } finally {
        reader.commit();
      }
    });
  }

  /** Runs {@code work}, each of its statements on the state of its moment. */
  <T extends @Nullable Object> T run(SessionWork<T> work) {
    Slot slot = take();
    try {
      if (slot.session == null) {
        slot.session = new SqliteSession(file, SqlitePragmas.READER);
      }
      return work.run(slot.session);
    } catch (SQLException e) {
      discard(slot);
      throw Faults.translate(SqliteDialect.DIALECT, e);
    } catch (RuntimeException e) {
      throw Faults.translate(SqliteDialect.DIALECT, e);
    } finally {
      giveBack(slot);
    }
  }

  private Slot take() {
    try {
      Slot slot = closed ? null : idle.pollFirst(WAIT_SECONDS, TimeUnit.SECONDS);
      if (slot == null) {
        throw new StoreUnavailableException("the database is busy", new TimeoutException());
      }
      return slot;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreUnavailableException("interrupted while waiting for the database", e);
    }
  }

  private void giveBack(Slot slot) {
    if (closed) {
      discard(slot);
    }
    idle.addFirst(slot);
  }

  private static void discard(Slot slot) {
    if (slot.session != null) {
      slot.session.close();
      slot.session = null;
    }
  }

  /** Closes what is idle at once and the rest when it is given back. */
  @Override
  public void close() {
    closed = true;
    Slot slot = idle.pollFirst();
    while (slot != null) {
      discard(slot);
      slot = idle.pollFirst();
    }
  }
}
