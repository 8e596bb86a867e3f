package dev.licet.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code bench/seats}: the seat race on SQLite, on two servers over one PostgreSQL, or on running
 * servers.
 */
@Command(
    name = "bench/seats",
    mixinStandardHelpOptions = true,
    description = "Races for the last seats of licenses and checks that no limit was passed.")
final class SeatRaceCommand implements Callable<Integer> {
  @Option(names = "--url", description = "a running server; may be repeated; none: starts its own")
  private List<URI> urls = List.of();

  @Option(names = "--api-key", description = "of the running servers")
  private String apiKey = LicetServer.API_KEY;

  @Option(names = "--licenses", description = "default ${DEFAULT-VALUE}")
  private int licenses = 200;

  @Option(names = "--clients", description = "default ${DEFAULT-VALUE}")
  private int clients = 64;

  @Option(names = "--only", split = ",", description = "sqlite, postgres; both by default")
  private List<String> only = List.of("sqlite", "postgres");

  private final Path root = Path.of("").toAbsolutePath();

  public static void main(String[] arguments) {
    Commands.run(new SeatRaceCommand(), arguments);
  }

  @Override
  public Integer call() throws IOException, InterruptedException, SQLException {
    if (!urls.isEmpty()) {
      return race("given servers", urls) ? 0 : 1;
    }
    boolean passed = true;
    for (String database : only) {
      passed &=
          switch (database) {
            case "sqlite" -> onSqlite();
            case "postgres" -> onPostgres();
            default -> throw new IOException("No database " + database + ": sqlite or postgres");
          };
    }
    return passed ? 0 : 1;
  }

  private boolean onSqlite() throws IOException, InterruptedException {
    Path folder = emptyFolder("sqlite");
    LicetServer licet = new LicetServer(root, folder.resolve("licet"), null, log("sqlite"));
    try (ServerProcess server = licet.start()) {
      return race("SQLite, one server", List.of(server.base()));
    }
  }

  private boolean onPostgres() throws IOException, InterruptedException, SQLException {
    Path folder = emptyFolder("postgres");
    try (BenchPostgres postgres = BenchPostgres.start(folder.resolve("postgres"));
        ServerProcess one = node(folder, "node-1", postgres);
        ServerProcess two = node(folder, "node-2", postgres)) {
      return race("PostgreSQL, two servers", List.of(one.base(), two.base()));
    }
  }

  private ServerProcess node(Path folder, String name, BenchPostgres postgres)
      throws IOException, InterruptedException {
    return new LicetServer(root, folder.resolve(name), postgres.jdbcUrl(), log(name)).start();
  }

  private boolean race(String where, List<URI> servers) throws IOException, InterruptedException {
    SeatRace.Result result = new SeatRace(servers, apiKey, clients).run(licenses);
    System.out.printf(
        "%s: %d licenses, %d clients, %d granted, %d refused, %d violations, %.1f s%n",
        where,
        result.licenses(),
        clients,
        result.granted(),
        result.refused(),
        result.violations().size(),
        result.took().toMillis() / 1000.0);
    result.violations().stream()
        .limit(20)
        .forEach(line -> System.out.println("  VIOLATION: " + line));
    return result.passed();
  }

  private Path emptyFolder(String database) throws IOException {
    Path folder = root.resolve("bench/target/data/seats-" + database);
    Bench.delete(folder);
    Files.createDirectories(folder);
    return folder;
  }

  private Path log(String name) {
    return root.resolve("bench/target/logs/seats-" + name + ".log");
  }
}
