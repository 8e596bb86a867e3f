package dev.licet.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code bench/crash}: kill -9 under load, on both databases; exit code 1 when an account does not
 * add up.
 */
@Command(
    name = "bench/crash",
    mixinStandardHelpOptions = true,
    description =
        "Kills the server under load and checks that nothing acknowledged was lost or counted"
            + " twice.")
final class CrashDriver implements Callable<Integer> {
  @Option(names = "--rounds", description = "on each database; default ${DEFAULT-VALUE}")
  private int rounds = 20;

  @Option(names = "--only", split = ",", description = "sqlite, postgres; both by default")
  private List<String> only = List.of("sqlite", "postgres");

  @Option(names = "--seed", description = "of the moments and requests; default ${DEFAULT-VALUE}")
  private long seed = 1;

  private final Path root = Path.of("").toAbsolutePath();

  public static void main(String[] arguments) {
    Commands.run(new CrashDriver(), arguments);
  }

  @Override
  public Integer call() throws IOException, InterruptedException, SQLException {
    StringBuilder table = new StringBuilder();
    boolean passed = true;
    for (String database : only) {
      List<CrashTrial.Round> done = trial(database);
      table.append(row(database, done));
      passed &= done.stream().allMatch(round -> round.violations().isEmpty());
    }
    System.out.println(
        "\n"
            + "| database | crashes | acknowledged | in doubt | of these counted | slowest ready ms"
            + " | violations |");
    System.out.println("|---|--:|--:|--:|--:|--:|--:|");
    System.out.print(table);
    return passed ? 0 : 1;
  }

  private List<CrashTrial.Round> trial(String database)
      throws IOException, InterruptedException, SQLException {
    Path folder = root.resolve("bench/target/data/crash-" + database);
    Bench.delete(folder);
    Files.createDirectories(folder);
    try (BenchPostgres postgres = postgres(database, folder);
        CrashTrial trial =
            new CrashTrial(root, folder.resolve("licet"), postgres, log(database), seed)) {
      List<CrashTrial.Round> done = new ArrayList<>();
      for (int number = 1; number <= rounds; number++) {
        CrashTrial.Round round = trial.crash();
        System.out.printf(
            "%s, crash %d: %d acknowledged, %d in doubt, %d of these counted, ready in %d ms%n",
            database,
            number,
            round.acknowledged(),
            round.inDoubt(),
            round.counted(),
            round.ready().toMillis());
        round.violations().forEach(violation -> System.out.println("  VIOLATION: " + violation));
        done.add(round);
      }
      return done;
    }
  }

  private static @Nullable BenchPostgres postgres(String database, Path folder)
      throws IOException, SQLException {
    return switch (database) {
      case "sqlite" -> null;
      case "postgres" -> BenchPostgres.start(folder.resolve("postgres"));
      default -> throw new IOException("No database " + database + ": sqlite or postgres");
    };
  }

  private Path log(String database) {
    return root.resolve("bench/target/logs/crash-" + database + ".log");
  }

  private static String row(String database, List<CrashTrial.Round> done) {
    return "| %s | %d | %d | %d | %d | %d | %d |%n"
        .formatted(
            database,
            done.size(),
            done.stream().mapToLong(CrashTrial.Round::acknowledged).sum(),
            done.stream().mapToLong(CrashTrial.Round::inDoubt).sum(),
            done.stream().mapToLong(CrashTrial.Round::counted).sum(),
            done.stream()
                .map(CrashTrial.Round::ready)
                .mapToLong(Duration::toMillis)
                .max()
                .orElse(0),
            done.stream().mapToLong(round -> round.violations().size()).sum());
  }
}
