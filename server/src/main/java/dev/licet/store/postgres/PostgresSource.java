package dev.licet.store.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.postgresql.ds.PGSimpleDataSource;

/** Opens connections and knows those that are open, so that all can be given up at once. */
final class PostgresSource extends PGSimpleDataSource {
  private static final long serialVersionUID = 1L;

  /** Longer than statements may take, so that it strikes only when the network is gone. */
  private static final int SOCKET_MILLIS = 7_000;

  private final transient Set<Connection> open = ConcurrentHashMap.newKeySet();

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    Connection connection = super.getConnection(user, password);
    connection.setNetworkTimeout(Runnable::run, SOCKET_MILLIS);
    open.removeIf(PostgresSource::isClosed);
    open.add(connection);
    return connection;
  }

  private static boolean isClosed(Connection connection) {
    try {
      return connection.isClosed();
    } catch (SQLException e) {
      return true;
    }
  }

  /** Ends all connections at once. Who waits for an answer on one gets an exception. */
  void abortAll() {
    for (Connection connection : open) { // those that are closed are forgotten later
      try {
        connection.abort(Runnable::run);
      } catch (SQLException e) {
        System.getLogger(PostgresSource.class.getName())
            .log(System.Logger.Level.DEBUG, "a connection did not end", e);
      }
    }
  }
}
