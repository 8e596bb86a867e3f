package dev.licet.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.PostgresDatabases;
import dev.licet.TemporaryDirectory;
import dev.licet.TestClient;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Licences that come to their end while nodes live, are killed, and are away. */
@Timeout(120)
class ExpiryTest {
  private static final int LICENSES = 100;

  /** From the moment on, or from the start of the first node after it. */
  private static final Duration IN_TIME = Duration.ofSeconds(5);

  private static final String TOLD =
      "SELECT COUNT(*) FROM outbox_events WHERE type = 'license.expired'";
  private static final String HOLDER =
      "SELECT COALESCE(MAX(holder), 0) FROM jobs WHERE name = 'license-expiry'";

  private final String database = PostgresDatabases.location(PostgresDatabases.create());
  private final Map<String, String> settings =
      Map.of(
          "LICET_DATABASE_URL",
          "postgresql://postgres:postgres@" + database,
          "LICET_SECRET",
          Base64.getEncoder().encodeToString(new byte[32]));

  @Test
  void eachEndIsToldOnceAndInTimeThoughTheNodeThatTellsIsKilled() throws Exception {
    try (TemporaryDirectory directory = TemporaryDirectory.create();
        ServerProcess one = ServerProcess.start(directory.path(), settings);
        ServerProcess two = ServerProcess.start(directory.path(), settings)) {
      long nodeOne = number("SELECT MIN(node_no) FROM usage_nodes");
      bringIn(one.client());
      Instant end = end(Instant.now().plusSeconds(2));
      while (number(TOLD) == 0) {
        assertTrue(Instant.now().isBefore(end.plus(IN_TIME)), "nothing was told");
      }
      boolean oneTells = number(HOLDER) == nodeOne;
      (oneTells ? one : two).kill();
      assertAllTold(end, LICENSES);
      bringIn((oneTells ? two : one).client());
      Instant next = end(Instant.now().plusSeconds(2));
      assertAllTold(next, 2 * LICENSES);
    }
  }

  @Test
  void anEndThatNobodyWasThereForIsToldAfterTheStart() throws Exception {
    try (TemporaryDirectory directory = TemporaryDirectory.create()) {
      try (ServerProcess server = ServerProcess.start(directory.path(), settings)) {
        bringIn(server.client());
        server.terminate();
      }
      end(Instant.now().minusSeconds(60));
      assertEquals(0, number(TOLD));
      try (ServerProcess server = ServerProcess.start(directory.path(), settings)) {
        Instant ready = Instant.now();
        assertTrue(server.readyLine().contains("PostgreSQL"));
        assertAllTold(ready, LICENSES);
      }
    }
  }

  /** Brings in licences that end in a year. */
  private static void bringIn(TestClient client) {
    String line = "{\"plan\": \"starter\", \"customer_email\": \"ada@example.com\"}\n";
    client
        .with("Content-Type", "application/x-ndjson")
        .post("/api/v1/licenses/import", line.repeat(LICENSES))
        .expect(200);
  }

  /** Lets all licences that have not ended do so at a moment, which it answers. */
  private Instant end(Instant moment) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      assertEquals(
          LICENSES,
          statement.executeUpdate(
              "UPDATE licenses SET expires_at = "
                  + moment.toEpochMilli()
                  + " WHERE status = 'active'"));
    }
    return moment;
  }

  private void assertAllTold(Instant since, int licenses) throws Exception {
    Instant deadline = since.plus(IN_TIME);
    while (number(TOLD) < licenses && Instant.now().isBefore(deadline)) {
      Thread.sleep(20);
    }
    assertEquals(licenses, number(TOLD));
    Thread.sleep(1_000); // time for a second one, if there were to be any
    assertEquals(licenses, number(TOLD));
    assertEquals(
        licenses,
        number(
            "SELECT COUNT(DISTINCT license_no) FROM outbox_events WHERE type = 'license.expired'"));
    assertEquals(licenses, number("SELECT COUNT(*) FROM licenses WHERE status = 'expired'"));
    assertEquals(
        0,
        number(
            """
            SELECT COUNT(*) FROM outbox_events e JOIN licenses l ON l.no = e.license_no
            WHERE e.type = 'license.expired' AND e.created_at < l.expires_at
            """));
  }

  private long number(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:postgresql://" + database, "postgres", "postgres");
  }
}
