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
  private volatile @Nullable Opened<S> opened;

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
      Opened<S> current = opened;
      if (current == null) {
        Connection connection = connections.open();
        current = new Opened<>(connection, prepare.run(connection));
        opened = current;
      }
      T result = work.run(current.state());
      connections.state().alive();
      return result;
    } catch (SQLException e) {
      close();
      throw Faults.translate(PostgresDialect.DIALECT, e);
    }
  }

  /** Lets work that waits for the database fail. For any thread. */
  void breakOff() {
    Opened<S> current = opened;
    if (current != null) {
      close(current, connection -> connection.abort(Runnable::run));
    }
  }

  @Override
  public synchronized void close() {
    Opened<S> current = opened;
    if (current != null) {
      close(current, Connection::close);
      opened = null;
    }
  }

  private interface Closing {
    void close(Connection connection) throws SQLException;
  }

  private static void close(Opened<?> current, Closing way) {
    try {
      way.close(current.connection());
    } catch (SQLException e) {
      System.getLogger(PostgresLink.class.getName())
          .log(System.Logger.Level.DEBUG, "a connection did not close", e);
    }
  }
}
