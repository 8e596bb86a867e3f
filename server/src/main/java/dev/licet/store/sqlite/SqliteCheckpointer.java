package dev.licet.store.sqlite;

import java.io.File;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Moves the WAL into the file in the background, so that no commit has to. Under constant load the
 * WAL never starts over by itself, since there is always a newer frame: when it has outgrown its
 * bound, the last step is done while no one writes.
 */
final class SqliteCheckpointer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(SqliteCheckpointer.class.getName());

  private static final long LOOK_NANOS = 100_000_000L;
  private static final int LOOKS_AT_REST = 10;
  private static final int LOOKS_UNDER_LOAD = 2;
  private static final long PAGE_BYTES = 4096;
  private static final long LARGE_BYTES = 16L << 20;
  private static final long TOO_LARGE_BYTES = 64L << 20;
  private static final long CLOSE_MILLIS = 5_000;

  /** Moves what no reader needs any more, waiting for no one. */
  private static final String CHECKPOINT = "PRAGMA wal_checkpoint(PASSIVE)";

  private final Path file;
  private final File wal;
  private final SqliteWriter writer;
  private final Thread thread;
  private volatile boolean closing;
  private @Nullable Connection connection;

  SqliteCheckpointer(Path file, SqliteWriter writer) {
    this.file = file;
    this.wal = new File(file + "-wal");
    this.writer = writer;
    this.thread = Thread.ofPlatform().name("sqlite-checkpoint").daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  private void run() {
    while (!closing) {
      long bytes = 0;
      try {
        bytes = tick();
      } catch (SQLException | RuntimeException e) {
        LOG.log(Level.WARNING, "the WAL could not be moved into the database: " + e.getMessage());
        disconnect();
      }
      await(bytes > LARGE_BYTES ? LOOKS_UNDER_LOAD : LOOKS_AT_REST);
    }
    disconnect();
  }

  /** Waits for the next round, which comes at once when the file grows past its bound. */
  private void await(int looks) {
    long before = wal.length();
    for (int look = 0; look < looks && !closing; look++) {
      LockSupport.parkNanos(this, LOOK_NANOS);
      long now = wal.length();
      if (now > before && now > TOO_LARGE_BYTES) {
        return;
      }
    }
  }

  /** One round; the bytes that the WAL held. */
  private long tick() throws SQLException {
    long bytes = checkpoint();
    if (bytes > TOO_LARGE_BYTES) {
      writer.exclusively(session -> checkpoint());
    }
    return bytes;
  }

  private long checkpoint() throws SQLException {
    if (connection == null) {
      connection = SqlitePragmas.CHECKPOINTER.open(file);
    }
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(CHECKPOINT)) {
      return row.next() ? row.getLong("log") * PAGE_BYTES : 0;
    }
  }

  private void disconnect() {
    try {
      if (connection != null) {
        connection.close();
      }
    } catch (SQLException e) {
      LOG.log(Level.DEBUG, "a connection did not close", e);
    }
    connection = null;
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
