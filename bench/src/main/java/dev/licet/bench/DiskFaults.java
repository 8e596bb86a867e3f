package dev.licet.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A server under load whose disk is full: that of SQLite, and that of the file in which validations
 * wait for PostgreSQL. What was acknowledged is counted once, refusals say when to ask again, and
 * it mends itself when there is room.
 */
final class DiskFaults {
  private static final int SQLITE_KIBIBYTES = 48 * 1024;
  private static final int SPILL_KIBIBYTES = 512;
  private static final int FULL_MILLIS = 5_000;
  private static final int MEND_SECONDS = 5;
  private static final int PATIENCE_SECONDS = 60;

  private final Path root;
  private final Path folder;
  private final SplittableRandom random;
  private final List<String> violations = new ArrayList<>();

  DiskFaults(Path root, Path folder, long seed) {
    this.root = root;
    this.folder = folder;
    this.random = new SplittableRandom(seed);
  }

  /** Something that is done to a disk or a database. */
  private interface Step {
    void run() throws IOException, InterruptedException;
  }

  /** What went wrong; empty when nothing did. */
  List<String> run() throws IOException, InterruptedException, SQLException {
    try (SmallDisk disk = SmallDisk.mount(folder.resolve("sqlite"), SQLITE_KIBIBYTES)) {
      if (disk == null) {
        System.out.println("  Skipped: mounting a file system of limited size needs root.");
        return violations;
      }
      System.out.printf(
          "  %-27s %12s %6s %9s %9s %12s %9s%n",
          "full", "acknowledged", "lost", "refused", "unclear", "slowest ms", "mended s");
      sqlite(disk);
    }
    try (SmallDisk disk = SmallDisk.mount(folder.resolve("spill"), SPILL_KIBIBYTES)) {
      if (disk != null) {
        spill(disk);
      }
    }
    return violations;
  }

  private void sqlite(SmallDisk disk) throws IOException, InterruptedException, SQLException {
    LicetServer licet =
        new LicetServer(root, disk.path(), null, folder.resolve("sqlite.log"))
            .with("LICET_USAGE_SPILL_LIMIT_MB", "1");
    List<Ledger> ledgers;
    try (ServerProcess server = licet.start()) {
      ledgers = DatabaseFaults.ledgers(api(server));
      fault("SQLite", server, ledgers, false, disk::fill, disk::free);
      fault("SQLite, and what waits", server, ledgers, true, disk::fill, disk::free);
      killed(disk, server, ledgers);
    }
    disk.free();
    try (ServerProcess server = licet.start()) {
      long lost = DatabaseFaults.judge(api(server), ledgers, violations);
      System.out.printf("  %-27s %12s %6d%n", "killed, and room again", "", lost);
    }
    violations.addAll(SqliteCheck.of(disk.path().resolve("licet.db")));
  }

  /** Ends a server whose validations wait. */
  private void killed(SmallDisk disk, ServerProcess server, List<Ledger> ledgers)
      throws IOException, InterruptedException {
    try (AwayLoad load = new AwayLoad(server.base(), ledgers, random.split())) {
      disk.fill();
      Thread.sleep(FULL_MILLIS / 2);
      load.stop();
      server.kill9();
    }
  }

  private void spill(SmallDisk disk) throws IOException, InterruptedException, SQLException {
    Path data = folder.resolve("postgres");
    try (BenchPostgres database = BenchPostgres.start(data);
        StoppablePostgres postgres = new StoppablePostgres(data, folder.resolve("postgres.log"));
        ServerProcess server =
            new LicetServer(root, disk.path(), database.jdbcUrl(), folder.resolve("spill.log"))
                .start()) {
      List<Ledger> ledgers = DatabaseFaults.ledgers(api(server));
      fault(
          "PostgreSQL away, spill file",
          server,
          ledgers,
          true,
          () -> postgres.signalAll("STOP"),
          () -> postgres.signalAll("CONT"));
    }
  }

  private static Api api(ServerProcess server) {
    return new Api(server.base(), LicetServer.API_KEY);
  }

  /**
   * @param refuses whether it is to last until known licenses are refused, too
   */
  private void fault(
      String name,
      ServerProcess server,
      List<Ledger> ledgers,
      boolean refuses,
      Step begin,
      Step end)
      throws IOException, InterruptedException {
    try (AwayLoad load = new AwayLoad(server.base(), ledgers, random.split())) {
      Thread.sleep(2_000);
      begin.run();
      long start = System.nanoTime();
      while (refuses && load.refused() == 0 && !isOver(start, PATIENCE_SECONDS)) {
        Thread.sleep(50);
      }
      Thread.sleep(FULL_MILLIS);
      boolean refused = load.refused() > 0;
      end.run();
      double mended = awaitMended(server, load);
      Thread.sleep(1_000);
      load.stop();
      if (refused != refuses) {
        violations.add(name + ": known licenses " + (refused ? "were" : "were never") + " refused");
      }
      report(name, server, ledgers, load, mended);
    }
  }

  private double awaitMended(ServerProcess server, AwayLoad load)
      throws IOException, InterruptedException {
    long back = System.nanoTime();
    while (!isMended(server, load, back) && !isOver(back, PATIENCE_SECONDS)) {
      Thread.sleep(10);
    }
    return (System.nanoTime() - back) / 1e9;
  }

  private static boolean isMended(ServerProcess server, AwayLoad load, long back)
      throws IOException, InterruptedException {
    return load.seatAt() > back
        && api(server).read("/health/ready").path("status").asText().equals("up");
  }

  private static boolean isOver(long start, int seconds) {
    return System.nanoTime() - start > seconds * 1_000_000_000L;
  }

  private void report(
      String name, ServerProcess server, List<Ledger> ledgers, AwayLoad load, double mended)
      throws IOException, InterruptedException {
    long acknowledged = ledgers.stream().mapToLong(Ledger::acknowledged).sum();
    long lost = DatabaseFaults.judge(api(server), ledgers, violations);
    System.out.printf(
        "  %-27s %12d %6d %9d %9d %12d %9.2f%n",
        name, acknowledged, lost, load.refused(), load.unclear(), load.slowestMillis(), mended);
    load.judge(name, true, violations); // whether it refuses was looked at before
    if (mended > MEND_SECONDS) {
      violations.add("%s: mended after %.2f s".formatted(name, mended));
    }
  }
}
