package dev.licet.store.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * Transactions of one database. An exception undoes the work; one that means that the database is
 * away comes out as {@link dev.licet.domain.StoreUnavailableException}.
 */
public interface Sessions {
  /** Runs {@code work} on one consistent state. */
  <T> T read(Function<Handle, T> work);

  /**
   * As {@link #read}, for work that may take long; see {@link ReportRoom}.
   *
   * @throws dev.licet.domain.FailureException {@link dev.licet.domain.Failure.ReportTooLarge}
   */
  <T> T report(Function<Handle, T> work);

  /** Runs {@code work} in a transaction that is durable when this returns. */
  <T> T write(Function<Handle, T> work);

  /**
   * Runs {@code work} in a transaction that becomes durable with the next one of {@link #write}, or
   * soon by itself: for what is done again if a crash undoes it.
   */
  <T> T writeLazily(Function<Handle, T> work);

  /** Work that uses the connection itself. */
  interface JdbcWork<T> {
    T run(Connection connection) throws SQLException;

    /** The same as work on a handle. */
    default Function<Handle, T> onHandle() {
      return handle -> {
        try {
          return run(handle.getConnection());
        } catch (SQLException e) {
          throw new Faults.SqlFault(e);
        }
      };
    }
  }
}
