package dev.licet.store.sql;

import dev.licet.domain.StoreUnavailableException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Tells faults of the database apart. */
public final class Faults {
  private Faults() {}

  /**
   * What to throw for {@code fault}: itself, or what tells the domain that the database is away.
   */
  public static RuntimeException translate(Dialect dialect, RuntimeException fault) {
    SQLException cause = sqlCause(fault);
    return cause != null && dialect.isUnavailable().test(cause) ? unavailable(cause) : fault;
  }

  /** As {@link #translate}, for statements that are run without Jdbi. */
  public static RuntimeException translate(Dialect dialect, SQLException fault) {
    return dialect.isUnavailable().test(fault) ? unavailable(fault) : new SqlFault(fault);
  }

  /** Whether the work that ended in {@code fault} may end well when it is run again. */
  public static boolean isRetryable(Dialect dialect, RuntimeException fault) {
    SQLException cause = sqlCause(fault);
    return cause != null && dialect.isRetryable().test(cause);
  }

  private static StoreUnavailableException unavailable(SQLException cause) {
    return new StoreUnavailableException("the database does not answer", cause);
  }

  private static @Nullable SQLException sqlCause(Throwable fault) {
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return sql;
      }
    }
    return null;
  }

  /** A fault of a statement that was run without Jdbi. */
  static final class SqlFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SqlFault(SQLException cause) {
      super(cause);
    }
  }
}
