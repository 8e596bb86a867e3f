package dev.licet.store.postgres;

import dev.licet.domain.DatabaseState;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Opens connections of a source for a pool, and waits while the database does not answer. A pool
 * that is told of a failure tries again after ever longer pauses, of five seconds in the end, and
 * would be that much late when the database is back.
 */
final class PatientSource extends PGSimpleDataSource {
  private static final long serialVersionUID = 1L;
  private static final int LOOK_MILLIS = 20;

  private final transient PostgresSource source;
  private final transient DatabaseState state;
  private transient volatile boolean failing;

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

  /** Does nothing: a pool would allow a second for all hosts together. */
  @Override
  public void setLoginTimeout(int seconds) {}

  @Override
  public int getLoginTimeout() {
    return source.getLoginTimeout();
  }
}
