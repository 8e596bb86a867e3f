package dev.licet.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.PostgresDatabases;
import dev.licet.Reply;
import dev.licet.TemporaryDirectory;
import dev.licet.TestClient;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Many clients use up what few licences have: all of it, and never more. */
class ConsumeRaceTest {
  private static final int CLIENTS = 64;
  private static final int LICENSES = 3;
  private static final int LIMIT = 100;
  private static final int ATTEMPTS = 10;

  @Test
  void onSqliteNeverMoreIsTakenThanThereIs() throws Exception {
    try (TemporaryDirectory directory = TemporaryDirectory.create();
        ServerProcess server = ServerProcess.start(directory.path(), Map.of())) {
      race(List.of(server.client()));
    }
  }

  @Test
  void onTwoServersOverOnePostgresqlNeverMoreIsTakenThanThereIs() throws Exception {
    try (TemporaryDirectory directory = TemporaryDirectory.create()) {
      Map<String, String> settings =
          Map.of(
              "LICET_DATABASE_URL", PostgresDatabases.fresh(),
              "LICET_SECRET", Base64.getEncoder().encodeToString(new byte[32]));
      try (ServerProcess one = ServerProcess.start(directory.path(), settings);
          ServerProcess two = ServerProcess.start(directory.path(), settings)) {
        race(List.of(one.client(), two.client()));
      }
    }
  }

  /** A licence, and what its clients were told. */
  private record Contested(
      Reply license, AtomicInteger taken, AtomicInteger refused, AtomicInteger takenOnce) {}

  private static void race(List<TestClient> servers) throws Exception {
    List<Contested> all = new ArrayList<>();
    for (int i = 0; i < LICENSES; i++) {
      Reply license =
          servers
              .getFirst()
              .create(
                  "starter",
                  "counters",
                  "{\"credits\": {\"limit\": %d, \"reset\": \"monthly\"}}".formatted(LIMIT));
      all.add(
          new Contested(license, new AtomicInteger(), new AtomicInteger(), new AtomicInteger()));
    }
    CyclicBarrier line = new CyclicBarrier(CLIENTS);
    List<Callable<Void>> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      int client = i;
      clients.add(() -> {
        for (Contested contested : all) {
          line.await(1, TimeUnit.MINUTES);
          attempt(servers.get(client % servers.size()), client, contested);
        }
        return null;
      });
    }
    try (ExecutorService runners = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var run : runners.invokeAll(clients)) {
        run.get();
      }
    }
    for (Contested contested : all) {
      for (TestClient server : servers) {
        assertAddsUp(server, contested);
      }
    }
  }

  /** One unit that all clients ask for under the same idempotency key, then three of their own. */
  private static void attempt(TestClient server, int client, Contested contested) {
    String key = contested.license().text("/key");
    Reply same = consume(server, key, ", \"idempotency_key\": \"once\"");
    if (same.at("/consumed").asBoolean()) {
      contested.takenOnce().incrementAndGet();
    }
    String own = ", \"amount\": 3, \"idempotency_key\": \"client-" + client + "\"";
    Reply first = consume(server, key, own);
    Reply again = consume(server, key, own);
    if (first.at("/consumed").asBoolean()) {
      contested.taken().addAndGet(3);
      assertEquals(first.text(), again.text());
    } else {
      assertEquals("ENTITLEMENT_EXHAUSTED", first.text("/error"));
      contested.refused().incrementAndGet();
    }
  }

  /** Again while the server finds no room in time: the idempotency key makes it one effect. */
  private static Reply consume(TestClient server, String key, String rest) {
    String body = "{\"key\": \"" + key + "\", \"name\": \"credits\"" + rest + "}";
    Reply reply = server.post("/api/v1/consume", body);
    for (int attempt = 1; reply.status() == 503 && attempt < ATTEMPTS; attempt++) {
      reply = server.post("/api/v1/consume", body);
    }
    return reply.expect(200);
  }

  private static void assertAddsUp(TestClient server, Contested contested) {
    Reply now = server.get("/api/v1/licenses/" + contested.license().text("/id")).expect(200);
    int used = now.number("/counters/credits/used");
    int once = contested.takenOnce().get() > 0 ? 1 : 0;
    assertEquals(contested.taken().get() + once, used, now::text);
    assertEquals(LIMIT - used, now.number("/counters/credits/remaining"));
    assertTrue(used <= LIMIT && used > LIMIT - 3, now::text);
    assertTrue(contested.refused().get() > 0);
  }
}
