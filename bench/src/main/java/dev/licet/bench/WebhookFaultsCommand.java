package dev.licet.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code bench/faults}: webhooks with receivers that misbehave, servers and databases that are
 * killed; exit code 1 when an event or a validation is lost, or somebody got inside.
 */
@Command(
    name = "bench/faults",
    mixinStandardHelpOptions = true,
    description =
        "Lets receivers of webhooks misbehave, kills servers and databases, fills disks, moves the"
            + " clock, and checks that nothing is lost.")
final class WebhookFaultsCommand implements Callable<Integer> {
  @Option(
      names = "--only",
      split = ",",
      description = "receivers, crashes, nodes, database, disk, clock; all by default")
  private List<String> only = List.of("receivers", "crashes", "nodes", "database", "disk", "clock");

  @Option(names = "--rounds", description = "kills of one server; default ${DEFAULT-VALUE}")
  private int rounds = 10;

  @Option(names = "--changes", description = "of licenses on two nodes; default ${DEFAULT-VALUE}")
  private int changes = 10_000;

  @Option(names = "--seed", description = "of the moments; default ${DEFAULT-VALUE}")
  private long seed = 1;

  private final Path root = Path.of("").toAbsolutePath();

  public static void main(String[] arguments) {
    Commands.run(new WebhookFaultsCommand(), arguments);
  }

  @Override
  public Integer call() throws IOException, InterruptedException, SQLException {
    boolean passed = true;
    for (String part : only) {
      Path folder = root.resolve("bench/target/data/faults-" + part);
      Bench.delete(folder);
      Files.createDirectories(folder);
      System.out.println("\n" + part + ":");
      List<String> violations =
          switch (part) {
            case "receivers" -> new WebhookFaults(root, folder).run();
            case "crashes" -> new WebhookCrashes(root, folder, rounds, seed).run();
            case "nodes" -> new WebhookOrder(root, folder, changes, seed).run();
            case "database" -> new DatabaseFaults(root, folder, seed).run();
            case "disk" -> new DiskFaults(root, folder, seed).run();
            case "clock" -> new ClockFaults(root, folder, seed).run();
            default ->
                throw new IOException(
                    "No part " + part + ": receivers, crashes, nodes, database, disk, clock");
          };
      violations.stream().limit(20).forEach(line -> System.out.println("  VIOLATION: " + line));
      passed &= violations.isEmpty();
    }
    System.out.println(passed ? "\nPassed." : "\nFailed.");
    return passed ? 0 : 1;
  }
}
