package dev.licet.store.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * All settings of PostgreSQL connections, and why: nothing may hang for longer than some seconds.
 */
final class PostgresConnections {
  /** What every connection is told first. */
  private static final String INIT =
      """
      -- A statement that takes longer is stuck; one that waits for a row for longer, too.
      SET statement_timeout = '5s';
      SET lock_timeout = '4s';
      -- A server that stands still with a licence locked lets go of it.
      SET idle_in_transaction_session_timeout = '15s';
      -- A commit is on the disk when it returns, whatever the database's own setting is.
      SET synchronous_commit = on
      """;

  private static final int CONNECT_SECONDS = 5;

  /** Longer than statements may take, so that it strikes only when the network is gone. */
  private static final int SOCKET_SECONDS = 7;

  private static final long POOL_MILLIS = 5_000;

  private final PostgresAddress address;

  PostgresConnections(PostgresAddress address) {
    this.address = address;
  }

  /** Connections as they come, with time limits for connecting alone. */
  PGSimpleDataSource plain() {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setApplicationName("licet");
    source.setConnectTimeout(CONNECT_SECONDS);
    source.setLoginTimeout(CONNECT_SECONDS);
    source.setTcpKeepAlive(true);
    source.setUrl(address.jdbcUrl());
    source.setLogServerErrorDetail(false); // a detail quotes values of rows, and ends up in logs
    if (address.user() != null) {
      source.setUser(address.user());
    }
    if (address.password() != null) {
      source.setPassword(address.password());
    }
    return source;
  }

  /** A connection that its caller keeps. */
  Connection open() throws SQLException {
    Connection connection = bounded().getConnection();
    try (Statement statement = connection.createStatement()) {
      statement.execute(INIT);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** Connections for transactions that write, each statement on the state of its moment. */
  HikariDataSource writers(int size) {
    HikariConfig config = pool("licet-write", size);
    config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    return new HikariDataSource(config);
  }

  /** Connections for transactions that read one state. */
  HikariDataSource readers(int size) {
    HikariConfig config = pool("licet-read", size);
    config.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
    config.setReadOnly(true);
    return new HikariDataSource(config);
  }

  private HikariConfig pool(String name, int size) {
    HikariConfig config = new HikariConfig();
    config.setPoolName(name);
    config.setDataSource(bounded());
    config.setConnectionInitSql(INIT);
    config.setMaximumPoolSize(size);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(POOL_MILLIS);
    config.setValidationTimeout(POOL_MILLIS / 2);
    config.setInitializationFailTimeout(-1); // the schema was looked at before: it was there
    return config;
  }

  private PGSimpleDataSource bounded() {
    PGSimpleDataSource source = plain();
    source.setSocketTimeout(SOCKET_SECONDS);
    return source;
  }
}
