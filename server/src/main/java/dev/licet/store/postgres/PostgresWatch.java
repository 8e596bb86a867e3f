package dev.licet.store.postgres;

import dev.licet.domain.DatabaseState;
import java.lang.System.Logger.Level;
import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Notices within a second that the database does not answer, whatever else is asked of it, and that
 * it does again. It asks something that takes no time, some times a second, on a connection of its
 * own. When there is no answer all connections are given up: who waits on one is told at once, and
 * a long statement on a database that answers is left alone.
 */
final class PostgresWatch implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(PostgresWatch.class.getName());

  /** A standby takes no writes: it is the same as none. */
  private static final String IS_STANDBY = "SELECT pg_is_in_recovery()";

  private static final long PERIOD_NANOS = 150_000_000L;
  private static final int PATIENCE_MILLIS = 600;
  private static final long CLOSE_MILLIS = 1_500;

  private final PostgresConnections connections;
  private final DatabaseState state;
  private final PostgresChanges changes;
  private final Thread thread;

  private volatile boolean closing;
  private @Nullable Connection connection;

  PostgresWatch(PostgresConnections connections, PostgresChanges changes) {
    this.connections = connections;
    this.state = connections.state();
    this.changes = changes;
    this.thread = Thread.ofPlatform().name("postgres-watch").daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  private void run() {
    while (!closing) {
      if (answers()) {
        returned();
      } else if (!closing) {
        lost();
      }
      LockSupport.parkNanos(this, PERIOD_NANOS);
    }
    disconnect();
  }

  /** Asks, and once more when the connection alone may be gone. */
  private boolean answers() {
    try {
      return isPrimary();
    } catch (SQLException e) {
      disconnect();
      if (hasTimedOut(e)) {
        return state.isReachable() && state.silentNanos() < PATIENCE_MILLIS * 1_000_000L;
      }
    }
    try {
      return isPrimary();
    } catch (SQLException e) {
      disconnect();
      return false;
    }
  }

  private boolean isPrimary() throws SQLException {
    Connection current = connection;
    if (current == null) {
      current = connections.watching(PATIENCE_MILLIS);
      connection = current;
    }
    try (Statement statement = current.createStatement();
        ResultSet row = statement.executeQuery(IS_STANDBY)) {
      row.next();
      boolean primary = !row.getBoolean(1);
      if (!primary) {
        disconnect(); // another of several hosts may be the primary
      }
      return primary;
    }
  }

  private static boolean hasTimedOut(SQLException fault) {
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      if (cause instanceof SocketTimeoutException) {
        return true;
      }
    }
    return false;
  }

  private void lost() {
    if (state.isReachable()) {
      LOG.log(Level.WARNING, "the database does not answer");
    }
    state.lost();
    connections.abortAll();
  }

  private void returned() {
    if (!state.isReachable()) {
      LOG.log(Level.INFO, "the database answers again");
      state.found(changes::catchUp);
    }
  }

  private void disconnect() {
    Connection current = connection;
    connection = null;
    if (current != null) {
      try {
        current.abort(Runnable::run);
      } catch (SQLException e) {
        LOG.log(Level.DEBUG, "a connection did not end", e);
      }
    }
  }

  @Override
  public void close() {
    closing = true;
    LockSupport.unpark(thread);
    try {
      thread.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
