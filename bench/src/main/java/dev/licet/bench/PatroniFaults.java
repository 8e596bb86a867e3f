package dev.licet.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code bench/patroni}: the leader of two nodes of PostgreSQL is killed under load; exit code 1
 * when a validation is lost or a known license was not validated.
 */
@Command(
    name = "bench/patroni",
    mixinStandardHelpOptions = true,
    description =
        "Kills the leader of two nodes of PostgreSQL under Patroni while a server is used.")
final class PatroniFaults implements Callable<Integer> {
  private static final int PATIENCE_SECONDS = 90;
  private static final int MEND_SECONDS = 5;

  @Option(names = "--rounds", description = "kills of the leader; default ${DEFAULT-VALUE}")
  private int rounds = 2;

  @Option(names = "--seed", description = "of the requests; default ${DEFAULT-VALUE}")
  private long seed = 1;

  private final Path root = Path.of("").toAbsolutePath();
  private final List<String> violations = new ArrayList<>();

  public static void main(String[] arguments) {
    Commands.run(new PatroniFaults(), arguments);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path folder = root.resolve("bench/target/data/patroni");
    Bench.delete(folder);
    Files.createDirectories(folder);
    Path done;
    try (PatroniCluster cluster = new PatroniCluster()) {
      if (cluster.leader().ask("postgres", "CREATE DATABASE licet") == null) {
        throw new IOException("no database can be created");
      }
      try (ServerProcess server =
          new LicetServer(
                  root,
                  folder.resolve("data"),
                  cluster.jdbcUrl("licet"),
                  folder.resolve("server.log"))
              .start()) {
        run(cluster, server);
      }
      done = cluster.folder();
    }
    Bench.delete(done);
    violations.forEach(line -> System.out.println("  VIOLATION: " + line));
    System.out.println(violations.isEmpty() ? "\nPassed." : "\nFailed.");
    return violations.isEmpty() ? 0 : 1;
  }

  private void run(PatroniCluster cluster, ServerProcess server)
      throws IOException, InterruptedException {
    SplittableRandom random = new SplittableRandom(seed);
    List<Ledger> ledgers = DatabaseFaults.ledgers(api(server));
    System.out.printf(
        "%-8s %12s %6s %9s %9s %12s %12s %14s%n",
        "killed",
        "acknowledged",
        "lost",
        "refused",
        "unclear",
        "slowest ms",
        "new leader s",
        "seats again s");
    for (int round = 0; round < rounds; round++) {
      PatroniNode leader = cluster.leader();
      try (AwayLoad load = new AwayLoad(server.base(), ledgers, random.split())) {
        Thread.sleep(3_000);
        leader.kill();
        long killed = System.nanoTime();
        cluster.await(cluster.other(leader)::isLeader);
        double led = since(killed);
        while (load.seatAt() < killed && since(killed) < PATIENCE_SECONDS) {
          Thread.sleep(10);
        }
        double again = since(killed);
        leader.start();
        Thread.sleep(5_000);
        load.stop();
        report(leader.name(), server, ledgers, load, led, again);
      }
      cluster.awaitWhole();
    }
  }

  private static double since(long nanoTime) {
    return (System.nanoTime() - nanoTime) / 1e9;
  }

  private static Api api(ServerProcess server) {
    return new Api(server.base(), LicetServer.API_KEY);
  }

  private void report(
      String killed,
      ServerProcess server,
      List<Ledger> ledgers,
      AwayLoad load,
      double led,
      double again)
      throws IOException, InterruptedException {
    long acknowledged = ledgers.stream().mapToLong(Ledger::acknowledged).sum();
    long lost = DatabaseFaults.judge(api(server), ledgers, violations);
    System.out.printf(
        "%-8s %12d %6d %9d %9d %12d %12.2f %14.2f%n",
        killed,
        acknowledged,
        lost,
        load.refused(),
        load.unclear(),
        load.slowestMillis(),
        led,
        again);
    load.judge(killed, false, violations);
    if (again - led > MEND_SECONDS) {
      violations.add("no seats %.2f s after there was a leader".formatted(again - led));
    }
  }
}
