package dev.licet.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A server under load whose PostgreSQL is killed, stands still, or is restarted: every validation
 * that was acknowledged is in the history, and known licenses are validated all the time.
 */
final class DatabaseFaults {
  private static final int LICENSES = 20;
  private static final int AWAY_MILLIS = 10_000;
  private static final int MEND_SECONDS = 30;

  private final Path root;
  private final Path folder;
  private final SplittableRandom random;

  DatabaseFaults(Path root, Path folder, long seed) {
    this.root = root;
    this.folder = folder;
    this.random = new SplittableRandom(seed);
  }

  /** What is done to the database, and undone. */
  private interface Fault {
    void run(StoppablePostgres postgres) throws IOException, InterruptedException;
  }

  /** What went wrong; empty when nothing did. */
  List<String> run() throws IOException, InterruptedException, SQLException {
    List<String> violations = new ArrayList<>();
    Path data = folder.resolve("postgres");
    Path log = folder.resolve("server.log");
    try (BenchPostgres database = BenchPostgres.start(data);
        StoppablePostgres postgres = new StoppablePostgres(data, folder.resolve("postgres.log"));
        ServerProcess server =
            new LicetServer(root, folder.resolve("data"), database.jdbcUrl(), log).start()) {
      Api api = new Api(server.base(), LicetServer.API_KEY);
      List<Ledger> ledgers = ledgers(api);
      System.out.printf(
          "  %-18s %12s %6s %9s %12s %14s%n",
          "fault", "acknowledged", "lost", "refused", "slowest ms", "seats again s");
      fault(
          "hangs (SIGSTOP)",
          server,
          ledgers,
          postgres,
          violations,
          it -> it.signalAll("STOP"),
          it -> it.signalAll("CONT"));
      fault(
          "killed (SIGKILL)",
          server,
          ledgers,
          postgres,
          violations,
          it -> it.signal("KILL"),
          it -> restart(it, database));
      fault(
          "restarted",
          server,
          ledgers,
          postgres,
          violations,
          it -> it.signal("INT"),
          it -> restart(it, database));
    }
    return violations;
  }

  private static void restart(StoppablePostgres postgres, BenchPostgres database)
      throws IOException, InterruptedException {
    postgres.start();
    database.awaitAnswer();
  }

  /** Licenses that are known to the server, each with a domain. */
  static List<Ledger> ledgers(Api api) throws IOException, InterruptedException {
    List<Ledger> ledgers = new ArrayList<>();
    for (int i = 0; i < LICENSES; i++) {
      Ledger ledger =
          new Ledger(
              api.createLicense(
                  Api.object()
                      .put("plan", "enterprise")
                      .put("customer_email", "faults@example.com")));
      api.validate(ledger.key(), "home.example.com", null);
      ledger.acknowledge("home.example.com");
      ledgers.add(ledger);
    }
    return ledgers;
  }

  private void fault(
      String name,
      ServerProcess server,
      List<Ledger> ledgers,
      StoppablePostgres postgres,
      List<String> violations,
      Fault begin,
      Fault end)
      throws IOException, InterruptedException {
    try (AwayLoad load = new AwayLoad(server.base(), ledgers, random.split())) {
      Thread.sleep(3_000);
      begin.run(postgres);
      Thread.sleep(AWAY_MILLIS);
      end.run(postgres);
      long back = System.nanoTime();
      while (load.seatAt() < back && System.nanoTime() - back < MEND_SECONDS * 1_000_000_000L) {
        Thread.sleep(10);
      }
      double mended = (System.nanoTime() - back) / 1e9;
      Thread.sleep(2_000);
      load.stop();
      long acknowledged = ledgers.stream().mapToLong(Ledger::acknowledged).sum();
      long lost = judge(new Api(server.base(), LicetServer.API_KEY), ledgers, violations);
      System.out.printf(
          "  %-18s %12d %6d %9d %12d %14.2f%n",
          name, acknowledged, lost, load.refused(), load.slowestMillis(), mended);
      load.judge(name, false, violations);
    }
  }

  /** Compares what was acknowledged with what is there; how many are missing. */
  static long judge(Api api, List<Ledger> ledgers, List<String> violations)
      throws IOException, InterruptedException {
    Thread.sleep(3_000);
    long lost = 0;
    for (Ledger ledger : ledgers) {
      JsonNode license = api.license(ledger.id());
      long total = api.usage(ledger.id(), "limit=1").path("summary").path("total").asLong();
      violations.addAll(ledger.contradictions(license, total));
      lost += Math.max(0, ledger.settled() + ledger.acknowledged() - total);
      ledger.settle(license);
    }
    return lost;
  }
}
