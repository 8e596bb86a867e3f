package dev.licet.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A server under load whose clock jumps: known licenses stay valid, what was acknowledged is
 * counted once, what ends does so once and at its time, and every event reaches a receiver.
 */
final class ClockFaults {
  private static final Duration MOMENT = Duration.ofSeconds(4);
  private static final int END_SECONDS = 5;
  private static final int PATIENCE_SECONDS = 60;

  private static final List<Jump> JUMPS =
      List.of(
          new Jump("an hour back", Duration.ofHours(-1)),
          new Jump("a day and an hour forward", Duration.ofDays(1)),
          new Jump("a day back", Duration.ZERO),
          new Jump("a second back", Duration.ofSeconds(-1)),
          new Jump("a second forward", Duration.ZERO));

  private final Path root;
  private final Path folder;
  private final SplittableRandom random;
  private final List<String> violations = new ArrayList<>();

  /** How far from the real time a jump ends. */
  private record Jump(String name, Duration to) {}

  ClockFaults(Path root, Path folder, long seed) {
    this.root = root;
    this.folder = folder;
    this.random = new SplittableRandom(seed);
  }

  /** What went wrong; empty when nothing did. */
  List<String> run() throws IOException, InterruptedException, SQLException {
    MovedClock clock = MovedClock.in(folder);
    if (clock == null) {
      System.out.println("  Skipped: libfaketime is not installed (Debian: faketime).");
      return violations;
    }
    System.out.printf(
        "  %-38s %12s %6s %9s %9s %12s %9s%n",
        "jump", "acknowledged", "lost", "refused", "unclear", "slowest ms", "ended s");
    on("SQLite", clock, null);
    Path data = folder.resolve("postgres");
    try (BenchPostgres database = BenchPostgres.start(data)) {
      on("PostgreSQL", clock, database.jdbcUrl());
    }
    return violations;
  }

  private void on(String database, MovedClock clock, @Nullable String url)
      throws IOException, InterruptedException {
    clock.move(Duration.ZERO);
    LicetServer licet =
        new LicetServer(
                root, folder.resolve("licet-" + database), url, folder.resolve(database + ".log"))
            .with("LICET_WEBHOOK_ALLOW_LOOPBACK", "true");
    try (HookReceiver receiver = new HookReceiver();
        ServerProcess server = clock.seenBy(licet).start()) {
      Api api = new Api(server.base(), LicetServer.API_KEY);
      var hook = Api.object().put("url", receiver.url());
      hook.putArray("events").add("*");
      api.create("webhooks", hook);
      List<Ledger> ledgers = DatabaseFaults.ledgers(api);
      JsonNode today = license(api, clock, Duration.ofHours(12));
      JsonNode later = license(api, clock, Duration.ofDays(40));
      boolean due = false; // and once it was, it has ended
      for (Jump jump : JUMPS) {
        jump(database + ", " + jump.name(), jump.to(), clock, server, ledgers);
        due |= clock.now().isAfter(Instant.parse(today.path("expires_at").asText()));
        if (due != ends(api, today) > 0) {
          violations.add(
              jump.name() + ": the end in twelve hours is " + (due ? "not told of" : "early"));
        }
      }
      if (ends(api, today) != 1 || ends(api, later) != 0) {
        violations.add(
            database
                + ": ends were told of "
                + ends(api, today)
                + " and "
                + ends(api, later)
                + " times, not 1 and 0");
      }
      arrive(database, api, receiver);
    }
  }

  private void jump(
      String name, Duration to, MovedClock clock, ServerProcess server, List<Ledger> ledgers)
      throws IOException, InterruptedException {
    Api api = new Api(server.base(), LicetServer.API_KEY);
    try (AwayLoad load = new AwayLoad(server.base(), ledgers, random.split())) {
      Thread.sleep(2_000);
      clock.move(to);
      JsonNode soon = license(api, clock, MOMENT);
      double ended = awaitEnd(api, clock, soon);
      Thread.sleep(2_000);
      load.stop();
      long acknowledged = ledgers.stream().mapToLong(Ledger::acknowledged).sum();
      long lost = DatabaseFaults.judge(api, ledgers, violations);
      System.out.printf(
          "  %-38s %12d %6d %9d %9d %12d %9.2f%n",
          name, acknowledged, lost, load.refused(), load.unclear(), load.slowestMillis(), ended);
      load.judge(name, false, violations);
      if (ended < 0 || ended > END_SECONDS || ends(api, soon) != 1) {
        violations.add(
            "%s: a license ended %.2f s after its time, told of %d times"
                .formatted(name, ended, ends(api, soon)));
      }
    }
  }

  private static JsonNode license(Api api, MovedClock clock, Duration left)
      throws IOException, InterruptedException {
    return api.createLicense(
        Api.object()
            .put("plan", "starter")
            .put("customer_email", "clock@example.com")
            .put("expires_at", clock.now().plus(left).toString()));
  }

  /** How long after its time the end of a license was told of, in seconds. */
  private static double awaitEnd(Api api, MovedClock clock, JsonNode license)
      throws IOException, InterruptedException {
    Instant due = Instant.parse(license.path("expires_at").asText());
    long start = System.nanoTime();
    while (ends(api, license) == 0
        && System.nanoTime() - start < PATIENCE_SECONDS * 1_000_000_000L) {
      Thread.sleep(20);
    }
    return Duration.between(due, clock.now()).toMillis() / 1e3;
  }

  /** How often the end of a license was told of. */
  private static int ends(Api api, JsonNode license) throws IOException, InterruptedException {
    return api.read("events?types=license.expired&license=" + license.path("id").asText())
        .path("data")
        .size();
  }

  private void arrive(String database, Api api, HookReceiver receiver)
      throws IOException, InterruptedException {
    int happened = EventLog.ids(api).size();
    long start = System.nanoTime();
    while (receiver.count() < happened
        && System.nanoTime() - start < PATIENCE_SECONDS * 1_000_000_000L) {
      Thread.sleep(50);
    }
    System.out.printf(
        "  %s: %,d events, %,d arrived, %,d of them twice%n",
        database, happened, receiver.count(), receiver.repeats());
    if (receiver.count() < happened) {
      violations.add(database + ": " + (happened - receiver.count()) + " events did not arrive");
    }
  }
}
