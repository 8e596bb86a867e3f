package dev.licet.store.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.licet.domain.DatabaseState;
import dev.licet.store.sql.Faults;
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

  /** For one of several hosts to answer: one that stands still keeps nobody from the next. */
  private static final int HOST_SECONDS = 2;

  private static final int LOGIN_SECONDS = 5;

  /** After so long the pool looks whether the database still answers. */
  private static final long POOL_MILLIS = 500;

  private static final long VALIDATION_MILLIS = 2_500;

  /** After a failover the driver looks at a host again that was no primary before. */
  private static final int RECHECK_SECONDS = 1;

  private final PostgresAddress address;
  private final DatabaseState state = new DatabaseState();
  private final PostgresSource bounded;

  PostgresConnections(PostgresAddress address) {
    this.address = address;
    this.bounded = configured(new PostgresSource());
    this.bounded.setSocketTimeout(HOST_SECONDS);
  }

  /** Whether the database answers. */
  DatabaseState state() {
    return state;
  }

  /** Gives up all connections but those of {@link #plain} and {@link #watching}. */
  void abortAll() {
    bounded.abortAll();
  }

  /** A connection that answers within a time, or fails. */
  Connection watching(int millis) throws SQLException {
    PGSimpleDataSource source = plain();
    source.setConnectTimeout(1);
    source.setLoginTimeout(1);
    source.setSocketTimeout(1);
    Connection connection = source.getConnection();
    connection.setNetworkTimeout(Runnable::run, millis);
    return connection;
  }

  /** Connections as they come, with time limits for connecting alone. */
  PGSimpleDataSource plain() {
    return configured(new PGSimpleDataSource());
  }

  private <T extends PGSimpleDataSource> T configured(T source) {
    source.setApplicationName("licet");
    source.setConnectTimeout(HOST_SECONDS);
    source.setLoginTimeout(LOGIN_SECONDS);
    source.setTcpKeepAlive(true);
    source.setHostRecheckSeconds(RECHECK_SECONDS);
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

  /** Lets a connection wait so long for each answer. */
  static void await(Connection connection, int millis) {
    try {
      connection.setNetworkTimeout(Runnable::run, millis);
    } catch (SQLException e) {
      throw Faults.translate(PostgresDialect.DIALECT, e);
    }
  }

  /** A connection that its caller keeps. */
  Connection open() throws SQLException {
    Connection connection = bounded.getConnection();
    try (Statement statement = connection.createStatement()) {
      statement.execute(INIT);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** Connections for transactions that write, each statement on the state of its moment. */
  PostgresPool writers(int size) {
    PatientSource source = new PatientSource(bounded, state);
    HikariConfig config = pool("licet-write", source, size);
    config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    return new PostgresPool(new HikariDataSource(config), source, state);
  }

  /** Connections for transactions that read one state. */
  PostgresPool readers(int size) {
    PatientSource source = new PatientSource(bounded, state);
    HikariConfig config = pool("licet-read", source, size);
    config.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
    config.setReadOnly(true);
    return new PostgresPool(new HikariDataSource(config), source, state);
  }

  private HikariConfig pool(String name, PatientSource source, int size) {
    HikariConfig config = new HikariConfig();
    config.setPoolName(name);
    config.setDataSource(source);
    config.setConnectionInitSql(INIT);
    config.setMaximumPoolSize(size);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(POOL_MILLIS);
    config.setValidationTimeout(VALIDATION_MILLIS);
    config.setInitializationFailTimeout(-1); // the schema was looked at before: it was there
    return config;
  }
}
