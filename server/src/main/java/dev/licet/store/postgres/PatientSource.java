package dev.licet.store.postgres;

import dev.licet.domain.DatabaseState;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * Opens connections for a pool, and waits while the database does not answer. A pool that is told
 * of a failure tries again after ever longer pauses, of five seconds in the end, and would be that
 * much late when the database is back.
 */
final class PatientSource implements DataSource {
  private static final int LOOK_MILLIS = 20;

  private final PostgresSource source;
  private final DatabaseState state;
  private volatile boolean failing;

  PatientSource(PostgresSource source, DatabaseState state) {
    this.source = source;
    this.state = state;
  }

  /** Whether the last attempt failed, so that there is no sense in waiting for another. */
  boolean isFailing() {
    return failing;
  }

  @Override
  public Connection getConnection() throws SQLException {
    awaitDatabase();
    try {
      Connection connection = source.getConnection();
      failing = false;
      return connection;
    } catch (SQLException e) {
      failing = true;
      throw e;
    }
  }

  private void awaitDatabase() throws SQLException {
    try {
      while (!state.isReachable()) {
        Thread.sleep(LOOK_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLException("interrupted while waiting for the database", e);
    }
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException();
  }

  /** Does nothing: a pool would allow a second for all hosts together. */
  @Override
  public void setLoginTimeout(int seconds) {}

  @Override
  public int getLoginTimeout() {
    return source.getLoginTimeout();
  }

  @Override
  public PrintWriter getLogWriter() throws SQLException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public void setLogWriter(PrintWriter out) throws SQLException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    throw new SQLException("wraps nothing");
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }
}
