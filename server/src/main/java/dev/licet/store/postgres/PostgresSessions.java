package dev.licet.store.postgres;

import dev.licet.domain.DatabaseState;
import dev.licet.domain.Failure;
import dev.licet.domain.FailureException;
import dev.licet.domain.StoreUnavailableException;
import dev.licet.store.sql.Faults;
import dev.licet.store.sql.ReportRoom;
import dev.licet.store.sql.Sessions;
import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Transactions on pooled connections; what lost a race to another transaction is run again. */
final class PostgresSessions implements Sessions, AutoCloseable {
  private static final int ATTEMPTS = 5;
  private static final int PAUSE_MILLIS = 10;

  /** A report may take longer than other statements, and memory to add up in. */
  private static final String REPORT =
      "SET LOCAL statement_timeout = '60s'; SET LOCAL work_mem = '32MB'";

  private static final String TOO_LARGE =
      "The report takes longer than a minute. Ask for a shorter time, or group by less.";

  /** The SQLSTATE of a statement that took longer than it may. */
  private static final String CANCELED = "57014";

  /** Longer than that minute. */
  private static final int REPORT_MILLIS = 62_000;

  /**
   * Connections of a server: enough for two dozen changes a moment, few enough for many servers.
   */
  private final PostgresPool writers;

  private final PostgresPool readers;
  private final ReportRoom room;
  private final DatabaseState state;
  private final Jdbi write;
  private final Jdbi read;

  /**
   * @param size how many connections there are, at least two: half of them write, half read
   */
  PostgresSessions(PostgresConnections connections, int size) {
    writers = connections.writers(Math.ceilDiv(size, 2));
    int reading = Math.max(1, size / 2);
    readers = connections.readers(reading);
    room = new ReportRoom(reading);
    state = connections.state();
    write = Jdbi.create(writers::get);
    read = Jdbi.create(readers::get);
    PostgresDialect.DIALECT.configure(write);
    PostgresDialect.DIALECT.configure(read);
  }

  /** Connections for single statements that read. */
  PostgresPool readers() {
    return readers;
  }

  @Override
  public <T> T read(Function<Handle, T> work) {
    return run(read, work);
  }

  @Override
  public <T> T report(Function<Handle, T> work) {
    try {
      return room.during(() ->
          read(handle -> {
            handle.execute(REPORT);
            PostgresConnections.await(handle.getConnection(), REPORT_MILLIS); // the pool undoes it
            return work.apply(handle);
          }));
    } catch (StoreUnavailableException e) {
      if (e.getCause() instanceof SQLException cause && CANCELED.equals(cause.getSQLState())) {
        throw new FailureException(new Failure.ReportTooLarge(TOO_LARGE));
      }
      throw e;
    }
  }

  @Override
  public <T> T write(Function<Handle, T> work) {
    return run(write, work);
  }

  @Override
  public <T> T writeLazily(Function<Handle, T> work) {
    return write(handle -> {
      handle.execute("SET LOCAL synchronous_commit = off");
      return work.apply(handle);
    });
  }

  private <T> T run(Jdbi jdbi, Function<Handle, T> work) {
    for (int attempt = 1; ; attempt++) {
      try {
        T result = once(jdbi, work);
        state.alive();
        return result;
      } catch (RuntimeException e) {
        if (attempt == ATTEMPTS || !Faults.isRetryable(PostgresDialect.DIALECT, e)) {
          throw Faults.translate(PostgresDialect.DIALECT, e);
        }
      }
      pause(attempt);
    }
  }

  private static <T> T once(Jdbi jdbi, Function<Handle, T> work) {
    try (Handle handle = jdbi.open()) {
      handle.begin();
      try {
        T result = work.apply(handle);
        handle.commit();
        return result;
      } catch (Throwable e) {
        rollback(handle, e);
        throw e;
      }
    }
  }

  private static void rollback(Handle handle, Throwable cause) {
    try {
      handle.rollback();
    } catch (RuntimeException e) {
      cause.addSuppressed(e);
    }
  }

  private static void pause(int attempt) {
    try {
      Thread.sleep(ThreadLocalRandom.current().nextInt(1, PAUSE_MILLIS * attempt));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreUnavailableException("interrupted while waiting for the database", e);
    }
  }

  @Override
  public void close() {
    writers.close();
    readers.close();
  }
}
