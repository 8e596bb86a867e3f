package dev.licet.store.postgres;

import dev.licet.store.sql.Faults;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** One connection with what is prepared on it, opened when first used and anew after a fault. */
final class PostgresLink<S> implements AutoCloseable {
  /** Something that may fail as a statement does. */
  interface Step<A, R> {
    R run(A with) throws SQLException;
  }

  private record Opened<S>(Connection connection, S state) {}

  private final PostgresConnections connections;
  private final Step<Connection, S> prepare;
  private @Nullable Opened<S> opened;

  /**
   * @param prepare what to do with a new connection; what it returns is given to the work
   */
  PostgresLink(PostgresConnections connections, Step<Connection, S> prepare) {
    this.connections = connections;
    this.prepare = prepare;
  }

  /** Runs {@code work}; closes the connection when that fails. */
  synchronized <T> T run(Step<S, T> work) {
    connections.state().require();
    try {
      if (opened == null) {
        Connection connection = connections.open();
        opened = new Opened<>(connection, prepare.run(connection));
      }
      T result = work.run(opened.state());
      connections.state().alive();
      return result;
    } catch (SQLException e) {
      close();
      throw Faults.translate(PostgresDialect.DIALECT, e);
    }
  }

  @Override
  public synchronized void close() {
    if (opened == null) {
      return;
    }
    try {
      opened.connection().close();
    } catch (SQLException e) {
      System.getLogger(PostgresLink.class.getName())
          .log(System.Logger.Level.DEBUG, "a connection did not close", e);
    }
    opened = null;
  }
}
