package dev.licet.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code bench/usage}: whether sums of use are exact, what they cost as licenses grow, and how
 * PostgreSQL finds what it is asked for.
 */
@Command(
    name = "bench/usage",
    mixinStandardHelpOptions = true,
    description =
        "Compares the sums of a generated day with a list; with --growth times validations and"
            + " reports as licenses grow; with --explain writes the plans of all statements down.")
final class UsageBench implements Callable<Integer> {
  private static final long LARGE_LICENSES = 10_000_000;
  private static final long LARGE_ROWS = 20_000_000;

  @Option(names = "--growth", description = "times validations and reports as licenses grow")
  private boolean growth;

  @Option(
      names = "--explain",
      description =
          "writes docs/rationale/statements.md; exit code 1 when a large table is read from end to"
              + " end")
  private boolean explain;

  @Option(
      names = "--validations",
      description = "of the day whose sums are compared; default ${DEFAULT-VALUE}")
  private int validations = 1_000_000;

  @Option(names = "--licenses", split = ",", description = "default ${DEFAULT-VALUE}")
  private List<Long> licenses = List.of(1_000L, 100_000L);

  @Option(names = "--rows", description = "of sums; default ${DEFAULT-VALUE}")
  private long rows = 1_000_000;

  @Option(
      names = "--large",
      description = "as --growth, also with 10,000,000 licenses, and 20,000,000 rows everywhere")
  private boolean large;

  @Option(
      names = "--keep",
      description = "with --growth: measures the database as the last run filled it")
  private boolean keep;

  @Option(names = "--only", split = ",", description = "sqlite, postgres; both by default")
  private List<String> only = List.of("sqlite", "postgres");

  private final Path root = Path.of("").toAbsolutePath();

  public static void main(String[] arguments) {
    Commands.run(new UsageBench(), arguments);
  }

  @Override
  public Integer call() throws IOException, InterruptedException, SQLException {
    System.out.println(Machine.describe());
    if (explain) {
      return new UsagePlans(
                  root, contender("postgres", UsageGrowth.KNOWN), licenses.getLast(), rows)
              .run()
          ? 0
          : 1;
    }
    if (growth || large) {
      grow();
      return 0;
    }
    return compare() ? 0 : 1;
  }

  private LicetContender contender(String database, int seeded) throws IOException {
    return new LicetContender(
        "usage-" + database,
        Bench.of(root, seeded),
        switch (database) {
          case "sqlite" -> LicetContender.Store.SQLITE;
          case "postgres" -> LicetContender.Store.POSTGRES;
          default -> throw new IOException("No database " + database + ": sqlite or postgres");
        },
        "committed",
        "");
  }

  private boolean compare() throws IOException, InterruptedException, SQLException {
    int wrong = 0;
    double first = 0;
    for (String database : only) {
      UsageAccuracy.Result result =
          new UsageAccuracy(contender(database, UsageDay.LICENSES), validations).run();
      first = first == 0 ? result.folded() : first;
      System.out.printf(
          "%s: %,d validations recorded in %.1f s, counted after %.1f s (%.2f of the first"
              + " database's time); %d reports, %d of them wrong, in %.2f s; %.0f MB per 1,000,000"
              + " validations%n",
          database,
          validations,
          result.recorded(),
          result.folded(),
          result.folded() / first,
          UsageDay.questions().size(),
          result.wrong(),
          result.asked(),
          (double) result.bytes() / validations);
      wrong += result.wrong();
    }
    return wrong == 0;
  }

  private void grow() throws IOException, InterruptedException, SQLException {
    List<Long> sizes = new ArrayList<>(licenses);
    if (large) {
      sizes.add(LARGE_LICENSES);
    }
    for (String database : only) {
      Map<String, Double> first = new LinkedHashMap<>();
      for (long size : sizes) {
        LicetContender contender = contender(database, UsageGrowth.KNOWN);
        UsageGrowth growing = new UsageGrowth(contender, size, large ? LARGE_ROWS : rows);
        if (!keep) {
          growing.fill(1);
        }
        growing
            .times()
            .forEach((what, millis) -> {
              double before = first.computeIfAbsent(what, it -> millis);
              System.out.printf("  %-26s %9.2f ms  %6.2f%n", what, millis, millis / before);
            });
      }
    }
  }
}
