package dev.licet.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * A real PostgreSQL on 127.0.0.1 that keeps what it has acknowledged: {@code fsync}, {@code
 * synchronous_commit} and {@code full_page_writes} are on (the embedded build's own defaults turn
 * them off), and starting fails if they are not.
 *
 * <p>It stops with the JVM, except when the JVM is killed by SIGKILL. Command line: {@code
 * BenchPostgres DIRECTORY} prints the URL and runs until SIGTERM.
 */
final class BenchPostgres implements AutoCloseable {
  private final EmbeddedPostgres postgres;

  private BenchPostgres(EmbeddedPostgres postgres) {
    this.postgres = postgres;
  }

  public static void main(String[] arguments) throws Exception {
    BenchPostgres postgres = start(Path.of(arguments[0]));
    System.out.println(postgres.jdbcUrl());
    new CountDownLatch(1).await();
  }

  /** Starts on the given data directory, which is made when it is missing and kept afterwards. */
  static BenchPostgres start(Path directory) throws IOException, SQLException {
    return start(directory, Map.of());
  }

  /** The same, with some more settings. */
  static BenchPostgres start(Path directory, Map<String, String> settings)
      throws IOException, SQLException {
    Files.createDirectories(directory.toAbsolutePath().getParent());
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder()
            .setDataDirectory(directory.toAbsolutePath())
            .setCleanDataDirectory(false)
            .setRegisterShutdownHook(true)
            .setPGStartupWait(Duration.ofSeconds(30))
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("full_page_writes", "on")
            .setServerConfig("shared_buffers", "256MB")
            .setServerConfig("max_wal_size", "4GB");
    settings.forEach(builder::setServerConfig);
    EmbeddedPostgres postgres = builder.start();
    BenchPostgres started = new BenchPostgres(postgres);
    for (String setting : new String[] {"fsync", "synchronous_commit", "full_page_writes"}) {
      String value = started.query("SHOW " + setting);
      if (!value.equals("on")) {
        started.close();
        throw new IllegalStateException(setting + " is " + value + ", so no result would count");
      }
    }
    return started;
  }

  /**
   * Makes files of the write-ahead log ahead of need, as a database has them that has run for a
   * while: it uses those again that a checkpoint has left, as many as {@code min_wal_size} lets it
   * keep. A new one makes each when it is due, and all commits wait meanwhile.
   */
  void makeLogFiles(int files) throws SQLException {
    for (int file = 0; file < files; file++) {
      query("SELECT pg_logical_emit_message(false, 'bench', '')"); // an empty file is not left
      query("SELECT pg_switch_wal()");
    }
    execute("CHECKPOINT");
  }

  /** For JDBC, and for {@code LICET_DATABASE_URL}. */
  String jdbcUrl() {
    return "jdbc:postgresql://127.0.0.1:%d/postgres?user=postgres&password=postgres"
        .formatted(postgres.getPort());
  }

  /** The first column of the first row, as text. */
  String query(String sql) throws SQLException {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  /** Runs a statement. */
  void execute(String sql) throws SQLException {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Returns when it answers, for at most a minute: after a crash it reads its log first. */
  void awaitAnswer() throws InterruptedException {
    for (int i = 0; i < 3_000 && !answers(); i++) {
      Thread.sleep(20);
    }
  }

  private boolean answers() {
    try {
      return query("SELECT 1").equals("1");
    } catch (SQLException e) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    postgres.close();
  }
}
