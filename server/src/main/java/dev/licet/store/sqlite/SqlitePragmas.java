package dev.licet.store.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.TransactionMode;
import org.sqlite.SQLiteOpenMode;

/** All settings of SQLite connections, in the order in which they are made, and why. */
final class SqlitePragmas {
  /** The one connection of a server that changes things. */
  static final SqlitePragmas WRITER = writing(400);

  /** The one of a command, which may have to wait for a server's writes for long. */
  static final SqlitePragmas COMMAND = writing(5_000);

  /** Those that read beside it. */
  static final SqlitePragmas READER =
      new SqlitePragmas(
          TransactionMode.DEFERRED,
          List.of(
              "busy_timeout = 5000",
              "cache_size = -4096",
              "mmap_size = 33554432",
              "temp_store = MEMORY",
              "automatic_index = OFF",
              "query_only = ON"));

  /** The one that moves the WAL into the file; it gives up at once rather than hold others back. */
  static final SqlitePragmas CHECKPOINTER =
      new SqlitePragmas(
          TransactionMode.DEFERRED,
          List.of(
              "busy_timeout = 0",
              "synchronous = FULL",
              "wal_autocheckpoint = 0",
              "journal_size_limit = 67108864",
              "cache_size = -1024"));

  /** The one that copies the database, beside a server in another process. */
  static final SqlitePragmas BACKUP =
      new SqlitePragmas(
          TransactionMode.DEFERRED,
          List.of("busy_timeout = 5000", "wal_autocheckpoint = 0", "temp_store = MEMORY"));

  private final TransactionMode mode;
  private final List<String> pragmas;

  private SqlitePragmas(TransactionMode mode, List<String> pragmas) {
    this.mode = mode;
    this.pragmas = pragmas;
  }

  /**
   * @param busyMillis how long another process may have the lock: a caller of a server is to know
   *     within a second that it has to come back
   */
  private static SqlitePragmas writing(int busyMillis) {
    return new SqlitePragmas(
        TransactionMode.IMMEDIATE, // takes the lock at the start, so that no upgrade can fail later
        List.of(
            // First of all, since the next one may have to wait: a command may be writing too.
            "busy_timeout = " + busyMillis,
            // Readers and the writer do not wait for each other. Is kept in the file.
            "journal_mode = WAL",
            // A commit is on the disk when it returns, after a loss of power too.
            "synchronous = FULL",
            // Off in SQLite unless asked for.
            "foreign_keys = ON",
            // A checkpoint is the work of a thread of its own: no commit pays for one.
            "wal_autocheckpoint = 0",
            // Once started over, the WAL's file does not stay at the size of its worst day
            // (bytes).
            "journal_size_limit = 67108864",
            // The inner pages of what the fold writes stay in memory (KiB).
            "cache_size = -16384",
            // Sorting makes no files.
            "temp_store = MEMORY",
            // Or a join on the journal would build an index over all of it first.
            "automatic_index = OFF"));
  }

  /** Opens a connection to a database that exists. */
  Connection open(Path file) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setTransactionMode(mode);
    config.resetOpenMode(SQLiteOpenMode.CREATE);
    // A connection is one thread's at a time: SQLite need not lock it at each call.
    config.setOpenMode(SQLiteOpenMode.NOMUTEX);
    // Nobody asks for the number of a new row: the driver would select it after each INSERT.
    config.setGetGeneratedKeys(false);
    Connection connection = config.createConnection("jdbc:sqlite:" + file);
    try (Statement statement = connection.createStatement()) {
      for (String pragma : pragmas) {
        statement.execute("PRAGMA " + pragma);
      }
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }
}
