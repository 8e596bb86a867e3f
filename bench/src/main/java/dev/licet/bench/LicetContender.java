package dev.licet.bench;

import dev.licet.domain.license.KeyVault;
import dev.licet.store.Database;
import dev.licet.store.postgres.PostgresAddress;
import dev.licet.store.postgres.PostgresDatabase;
import dev.licet.store.sqlite.SqliteDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Licet on one of its databases, with one way of acknowledging. */
record LicetContender(
    String name, Bench bench, Store database, String acknowledge, String javaOptions)
    implements Contender {
  /** Files of PostgreSQL's log, of 16 MiB each, that it has and keeps. */
  private static final int LOG_FILES = 64;

  private static final Map<String, String> KEEP_LOG_FILES =
      Map.of("min_wal_size", LOG_FILES * 16 + "MB");

  /** The databases that Licet runs on. */
  enum Store {
    SQLITE,
    POSTGRES
  }

  static LicetContender sqlite(Bench bench) {
    return new LicetContender("licet-sqlite", bench, Store.SQLITE, "committed", "");
  }

  static LicetContender postgres(Bench bench) {
    return new LicetContender("licet-postgres", bench, Store.POSTGRES, "committed", "");
  }

  static LicetContender queued(Bench bench) {
    return new LicetContender("licet-queued", bench, Store.SQLITE, "queued", "");
  }

  LicetContender withJava(String options) {
    return new LicetContender(name, bench, database, acknowledge, options);
  }

  @Override
  public void prepare() throws IOException, InterruptedException, SQLException {
    Bench.delete(bench.data(name));
    Files.createDirectories(bench.data(name));
    start().close(); // makes the schema, the account and its plans
    BenchPostgres postgres = startPostgres();
    try (Database licenses = open(postgres)) {
      SeedLicet.seed(licenses, Keys.read(bench.keys()));
      if (postgres != null) {
        postgres.makeLogFiles(LOG_FILES);
      }
    } finally {
      if (postgres != null) {
        postgres.close();
      }
    }
  }

  /** Opens the database in this process, while no server has it. */
  Database open(@Nullable BenchPostgres postgres) {
    KeyVault vault = LicetServer.vault();
    InstantSource clock = InstantSource.system();
    return postgres == null
        ? SqliteDatabase.open(data("licet"), vault, clock)
        : PostgresDatabase.open(
            new PostgresAddress(postgres.jdbcUrl(), null, null, "bench"), 4, vault, clock);
  }

  /** The PostgreSQL that it is on; null for SQLite. */
  @Nullable BenchPostgres startPostgres() throws IOException, SQLException {
    return isOnPostgres() ? startPostgres(KEEP_LOG_FILES) : null;
  }

  /** The PostgreSQL that it is on, with some more settings. */
  BenchPostgres startPostgres(Map<String, String> settings) throws IOException, SQLException {
    return BenchPostgres.start(postgresData(), settings);
  }

  /** Whether it is on PostgreSQL. */
  boolean isOnPostgres() {
    return database == Store.POSTGRES;
  }

  @Override
  public Running start() throws IOException, InterruptedException, SQLException {
    BenchPostgres postgres = startPostgres();
    try {
      return new Running(server(postgres).start(), postgres);
    } catch (IOException notStarted) {
      if (postgres != null) {
        postgres.close();
      }
      throw notStarted;
    }
  }

  /** Its server, to be started. */
  LicetServer server(@Nullable BenchPostgres postgres) {
    return server(postgres, "licet");
  }

  private LicetServer server(@Nullable BenchPostgres postgres, String part) {
    String url = postgres == null ? null : postgres.jdbcUrl();
    return new LicetServer(bench.root(), data(part), url, bench.log(name))
        .with("LICET_USAGE_ACKNOWLEDGE", acknowledge)
        .with("LICET_JAVA_OPTS", javaOptions);
  }

  /** One more server on the same database, with a data directory of its own. */
  LicetServer second(@Nullable BenchPostgres postgres) {
    return server(postgres, "licet-second");
  }

  /** Where its PostgreSQL has its files. */
  Path postgresData() {
    return data("postgres");
  }

  private Path data(String part) {
    return bench.data(name).resolve(part);
  }
}
