package dev.licet.store.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * A connection with its handle and the statements that are kept prepared. For one thread at a time.
 */
final class SqliteSession implements AutoCloseable {
  private final Connection connection;
  private final Handle handle;
  private final PreparedStatements prepared;

  SqliteSession(Path file, SqlitePragmas pragmas) throws SQLException {
    connection = pragmas.open(file);
    prepared = new PreparedStatements(connection);
    Jdbi jdbi = Jdbi.create(() -> connection);
    SqliteDialect.DIALECT.configure(jdbi);
    handle = jdbi.open();
  }

  Connection connection() {
    return connection;
  }

  Handle handle() {
    return handle;
  }

  /** The statement of a text, prepared once. */
  PreparedStatement prepared(String sql) throws SQLException {
    return prepared.get(sql);
  }

  void begin() throws SQLException {
    connection.setAutoCommit(false);
  }

  void commit() throws SQLException {
    connection.setAutoCommit(true);
  }

  /**
   * Whether commits wait for the disk. Outside a transaction only. Runs when it is compiled, so it
   * is not kept prepared.
   */
  void syncCommits(boolean wait) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA synchronous = " + (wait ? "FULL" : "NORMAL"));
    }
  }

  /** Undoes what was done since {@link #begin}; false when the session is of no use any more. */
  boolean rollback() {
    try {
      connection.rollback();
      connection.setAutoCommit(true);
      return true;
    } catch (SQLException e) {
      return false;
    }
  }

  /** Closes the connection, which undoes what was not committed. */
  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      // Nothing is lost: what was committed is in the file, and the file is let go at exit.
      System.getLogger(SqliteSession.class.getName())
          .log(System.Logger.Level.DEBUG, "a connection did not close", e);
    }
  }
}
