package dev.licet.store.postgres;

import com.zaxxer.hikari.HikariDataSource;
import dev.licet.domain.DatabaseState;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;

/**
 * A pool in which one waits for a connection only as long as the database answers and more
 * connections can be had.
 */
final class PostgresPool implements AutoCloseable {
  private static final long WAIT_NANOS = 5_000_000_000L;

  private final HikariDataSource pool;
  private final PatientSource source;
  private final DatabaseState state;

  PostgresPool(HikariDataSource pool, PatientSource source, DatabaseState state) {
    this.pool = pool;
    this.source = source;
    this.state = state;
  }

  /**
   * A connection, to be closed.
   *
   * @throws dev.licet.domain.StoreUnavailableException when the database does not answer
   */
  Connection get() throws SQLException {
    long start = System.nanoTime();
    while (true) {
      state.require();
      try {
        return pool.getConnection();
      } catch (SQLTransientConnectionException e) {
        if (source.isFailing() || System.nanoTime() - start > WAIT_NANOS) {
          throw e;
        }
      }
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}
