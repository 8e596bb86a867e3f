package dev.licet.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Licet on one of its databases, with one way of acknowledging. */
record LicetContender(
    String name, Bench bench, Database database, String acknowledge, String javaOptions)
    implements Contender {
  /** The databases that Licet runs on. */
  enum Database {
    SQLITE,
    POSTGRES
  }

  static LicetContender sqlite(Bench bench) {
    return new LicetContender("licet-sqlite", bench, Database.SQLITE, "committed", "");
  }

  static LicetContender postgres(Bench bench) {
    return new LicetContender("licet-postgres", bench, Database.POSTGRES, "committed", "");
  }

  static LicetContender queued(Bench bench) {
    return new LicetContender("licet-queued", bench, Database.SQLITE, "queued", "");
  }

  LicetContender withJava(String options) {
    return new LicetContender(name, bench, database, acknowledge, options);
  }

  @Override
  public void prepare() throws IOException, InterruptedException, SQLException {
    Bench.delete(bench.data(name));
    Files.createDirectories(bench.data(name));
    try (Running running = start()) {
      SeedLicet.seed(running.server().base(), LicetServer.API_KEY, Keys.read(bench.keys()));
    }
  }

  @Override
  public Running start() throws IOException, InterruptedException, SQLException {
    BenchPostgres postgres =
        database == Database.POSTGRES ? BenchPostgres.start(data("postgres")) : null;
    try {
      return new Running(server(postgres).start(), postgres);
    } catch (IOException notStarted) {
      if (postgres != null) {
        postgres.close();
      }
      throw notStarted;
    }
  }

  private LicetServer server(@Nullable BenchPostgres postgres) {
    String url = postgres == null ? null : postgres.jdbcUrl();
    return new LicetServer(bench.root(), data("licet"), url, bench.log(name))
        .with("LICET_USAGE_ACKNOWLEDGE", acknowledge)
        .with("LICET_JAVA_OPTS", javaOptions);
  }

  private Path data(String part) {
    return bench.data(name).resolve(part);
  }
}
