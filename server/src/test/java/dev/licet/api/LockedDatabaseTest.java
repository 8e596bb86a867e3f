package dev.licet.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.Reply;
import dev.licet.TestClient;
import dev.licet.TestDatabase;
import dev.licet.TestServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** A SQLite file that another process keeps from being written, as a full disk does. */
class LockedDatabaseTest {
  private static final int VALIDATIONS = 20;

  @Test
  void validationsAreAnsweredAndRecordedOnceWhenTheFileCanBeWrittenAgain() throws Exception {
    try (TestServer server = TestServer.start(TestDatabase.SQLITE)) {
      TestClient api = server.client();
      Reply license = api.create("professional", "domains", "[\"a.example\"]");
      String path = "/api/v1/licenses/" + license.text("/id");
      validate(api, license);
      try (Connection other =
              DriverManager.getConnection(
                  "jdbc:sqlite:" + server.dataDirectory().resolve("licet.db"));
          Statement statement = other.createStatement()) {
        statement.execute("BEGIN IMMEDIATE");
        Reply last = validate(api, license);
        for (int i = 2; i < VALIDATIONS; i++) {
          last = validate(api, license);
        }
        assertTrue(last.at("/stale").asBoolean(), last::text);
        assertEquals("degraded", api.get("/health/ready").expect(200).text("/status"));
        long start = System.nanoTime();
        api.post(path + "/suspend", "{}").expectProblem(503, "TEMPORARILY_UNAVAILABLE");
        api.validate(license.text("/key"), "domain", "b.example")
            .expectProblem(503, "TEMPORARILY_UNAVAILABLE");
        assertTrue(System.nanoTime() - start < 4_000_000_000L);
        statement.execute("ROLLBACK");
      }
      awaitUp(api);
      assertEquals(VALIDATIONS, api.get(path + "/usage").number("/summary/total"));
      assertTrue(validate(api, license).at("/stale").isMissingNode());
    }
  }

  private static Reply validate(TestClient api, Reply license) {
    Reply reply = api.validate(license.text("/key"), "domain", "a.example").expect(200);
    assertTrue(reply.at("/valid").asBoolean(), reply::text);
    return reply;
  }

  private static void awaitUp(TestClient api) throws InterruptedException {
    for (int i = 0; i < 100 && !api.get("/health/ready").text("/status").equals("up"); i++) {
      Thread.sleep(50);
    }
    assertEquals("up", api.get("/health/ready").text("/status"));
  }
}
