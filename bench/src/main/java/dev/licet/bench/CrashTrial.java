package dev.licet.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A server on one database that is killed under load again and again, and what is checked after
 * each crash.
 */
final class CrashTrial implements AutoCloseable {
  private static final int LICENSES = 40;
  private static final int LEAST_MILLIS = 200;
  private static final int MOST_MILLIS = 2_200;
  private static final Duration READY = Duration.ofSeconds(5);

  private final LicetServer licet;
  private final Path sqlite;
  private final @Nullable BenchPostgres postgres;
  private final String postgresStarted;
  private final SplittableRandom random;
  private final List<Ledger> ledgers = new ArrayList<>();
  private ServerProcess server;

  /**
   * @param postgres null: SQLite in the data directory
   */
  CrashTrial(Path root, Path data, @Nullable BenchPostgres postgres, Path log, long seed)
      throws IOException, InterruptedException, SQLException {
    this.licet = new LicetServer(root, data, postgres == null ? null : postgres.jdbcUrl(), log);
    this.sqlite = data.resolve("licet.db");
    this.postgres = postgres;
    this.postgresStarted = postgresStartTime();
    this.random = new SplittableRandom(seed);
    this.server = licet.start();
    createLicenses();
  }

  /**
   * One crash and what came after it.
   *
   * @param counted how many of those in doubt the server has counted
   */
  record Round(
      long acknowledged, long inDoubt, long counted, Duration ready, List<String> violations) {}

  /** Loads the server, kills it at a random moment, starts it again and compares the accounts. */
  Round crash() throws IOException, InterruptedException, SQLException {
    List<String> violations = new ArrayList<>();
    try (CrashLoad load = new CrashLoad(api(), ledgers, random.split())) {
      Thread.sleep(random.nextInt(LEAST_MILLIS, MOST_MILLIS));
      server.kill9();
      violations.addAll(load.awaitEnd());
    }
    server = licet.start();
    if (server.timeToReady().compareTo(READY) > 0) {
      violations.add("ready only after " + server.timeToReady());
    }
    long acknowledged = ledgers.stream().mapToLong(Ledger::acknowledged).sum();
    long inDoubt = ledgers.stream().mapToLong(Ledger::inDoubt).sum();
    if (acknowledged == 0) {
      violations.add("nothing was acknowledged, so nothing was tried");
    }
    long counted = compareAccounts(violations) - acknowledged;
    comparePages(ledgers.get(random.nextInt(ledgers.size())), violations);
    checkDatabase(violations);
    return new Round(acknowledged, inDoubt, counted, server.timeToReady(), violations);
  }

  private Api api() {
    return new Api(server.base(), LicetServer.API_KEY);
  }

  private void createLicenses() throws IOException, InterruptedException {
    Api api = api();
    for (int i = 0; i < LICENSES; i++) {
      var license = Api.object().put("plan", "enterprise").put("customer_email", "a@example.com");
      license.putArray("domains").add("home.example.com");
      JsonNode created = api.createLicense(license);
      ledgers.add(new Ledger(created));
    }
  }

  /** Returns by how much the server's counts have grown. */
  private long compareAccounts(List<String> violations) throws IOException, InterruptedException {
    Api api = api();
    long grown = 0;
    for (Ledger ledger : ledgers) {
      JsonNode license = api.license(ledger.id());
      JsonNode summary = api.usage(ledger.id(), "limit=1").path("summary");
      violations.addAll(ledger.contradictions(license, summary.path("total").asLong(-1)));
      grown += license.path("validation_count").asLong() - ledger.settled();
      ledger.settle(license);
    }
    return grown;
  }

  /** Reads one license's whole history, page by page. */
  private void comparePages(Ledger ledger, List<String> violations)
      throws IOException, InterruptedException {
    Api api = api();
    Set<String> ids = new HashSet<>();
    long rows = 0;
    String after = "";
    boolean more = true;
    while (more) {
      JsonNode page = api.usage(ledger.id(), "limit=100" + after);
      for (JsonNode row : page.path("data")) {
        rows++;
        ids.add(row.path("id").asText());
        after = "&starting_after=" + row.path("id").asText();
      }
      more = page.path("has_more").asBoolean();
    }
    if (rows != ledger.settled() || ids.size() != rows) {
      violations.add(
          "%s lists %d rows, %d of them different, and counts %d"
              .formatted(ledger.id(), rows, ids.size(), ledger.settled()));
    }
  }

  private void checkDatabase(List<String> violations) throws SQLException {
    if (postgres != null) {
      if (!postgresStartTime().equals(postgresStarted)) {
        violations.add("PostgreSQL has started anew");
      }
      return;
    }
    violations.addAll(SqliteCheck.of(sqlite));
  }

  private String postgresStartTime() throws SQLException {
    return postgres == null ? "" : postgres.query("SELECT pg_postmaster_start_time()::text");
  }

  @Override
  public void close() {
    server.close();
  }
}
