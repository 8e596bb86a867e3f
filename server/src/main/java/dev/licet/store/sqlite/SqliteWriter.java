package dev.licet.store.sqlite;

import dev.licet.domain.StoreUnavailableException;
import dev.licet.store.sql.Faults;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The one connection that changes things, for one thread after the other in the order in which they
 * came: the journal's batches, the fold's slices and everyone's changes take turns.
 */
final class SqliteWriter implements AutoCloseable {
  private static final long WAIT_SECONDS = 5;

  private final Path file;
  private final SqlitePragmas pragmas;
  private final ReentrantLock turn = new ReentrantLock(true);

  /** Absent at first and after a fault that left it in an unknown state. */
  private @Nullable SqliteSession session;

  private boolean closed;

  SqliteWriter(Path file, SqlitePragmas pragmas) {
    this.file = file;
    this.pragmas = pragmas;
  }

  /** Runs {@code work} in a transaction that is durable when this returns. */
  <T extends @Nullable Object> T transaction(SessionWork<T> work) {
    return exclusively(writer -> commit(writer, work));
  }

  /** Runs {@code work} in a transaction that the next one, or a checkpoint, makes durable. */
  <T extends @Nullable Object> T lazyTransaction(SessionWork<T> work) {
    return exclusively(writer -> {
      writer.syncCommits(false);
      try {
        return commit(writer, work);
      } finally {
        writer.syncCommits(true);
      }
    });
  }

  private <T extends @Nullable Object> T commit(SqliteSession writer, SessionWork<T> work)
      throws SQLException {
    writer.begin();
    T result;
    try {
      result = work.run(writer);
    } catch (SQLException | RuntimeException | Error e) {
      if (!writer.rollback()) {
        discard();
      }
      throw e;
    }
    writer.commit();
    return result;
  }

  /** Runs {@code work} while no one else of this process writes, and outside a transaction. */
  <T extends @Nullable Object> T exclusively(SessionWork<T> work) {
    await();
    try {
      if (session == null) {
        session = new SqliteSession(file, pragmas);
      }
      return work.run(session);
    } catch (SQLException e) {
      discard();
      throw Faults.translate(SqliteDialect.DIALECT, e);
    } catch (RuntimeException e) {
      throw Faults.translate(SqliteDialect.DIALECT, e);
    } finally {
      turn.unlock();
    }
  }

  private void await() {
    try {
      if (!turn.tryLock(WAIT_SECONDS, TimeUnit.SECONDS)) {
        throw new StoreUnavailableException("the database is busy", new TimeoutException());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreUnavailableException("interrupted while waiting for the database", e);
    }
    if (closed) {
      turn.unlock();
      throw new StoreUnavailableException("the database is closed", new IllegalStateException());
    }
  }

  private void discard() {
    if (session != null) {
      session.close();
      session = null;
    }
  }

  @Override
  public void close() {
    turn.lock();
    try {
      closed = true;
      discard();
    } finally {
      turn.unlock();
    }
  }
}
