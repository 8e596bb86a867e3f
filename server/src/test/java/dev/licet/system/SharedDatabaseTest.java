package dev.licet.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.PostgresDatabases;
import dev.licet.Reply;
import dev.licet.TemporaryDirectory;
import dev.licet.TestClient;
import dev.licet.TestServer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two servers on one PostgreSQL. */
class SharedDatabaseTest {
  private static final int CLIENTS = 64;
  private static final int LICENSES = 20;

  /** Another node knows within a second; the rest is what a busy machine may add. */
  private static final long PATIENCE_NANOS = 1_500_000_000L;

  private static TemporaryDirectory directory;
  private static ServerProcess one;
  private static ServerProcess two;

  @BeforeAll
  static void start() {
    directory = TemporaryDirectory.create();
    Map<String, String> settings =
        Map.of(
            "LICET_DATABASE_URL", PostgresDatabases.bare(),
            "LICET_SECRET", Base64.getEncoder().encodeToString(new byte[32]));
    one = ServerProcess.start(directory.path(), settings);
    two = ServerProcess.start(directory.path(), settings);
  }

  @AfterAll
  static void stop() {
    one.close();
    two.close();
    directory.close();
  }

  @Test
  void theReadyLineNamesNoPassword() {
    assertTrue(one.readyLine().contains("(PostgreSQL, 127.0.0.1:"), one.readyLine());
    assertTrue(!one.readyLine().contains("postgres:"), one.readyLine());
  }

  @Test
  void noLimitIsExceededHoweverManyRaceForTheLastSeats() throws Exception {
    List<Reply> licenses = new ArrayList<>();
    List<Set<String>> granted = new ArrayList<>();
    for (int i = 0; i < LICENSES; i++) {
      licenses.add(one.client().create("professional", "domains", "[\"first.example\"]"));
      granted.add(ConcurrentHashMap.newKeySet());
      granted.getLast().add("first.example");
    }
    CyclicBarrier line = new CyclicBarrier(CLIENTS);
    List<Callable<Void>> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      int client = i;
      TestClient api = client % 2 == 0 ? one.client() : two.client();
      clients.add(() -> {
        for (int license = 0; license < LICENSES; license++) {
          line.await(1, TimeUnit.MINUTES);
          race(api, client, licenses.get(license), granted.get(license));
        }
        return null;
      });
    }
    try (ExecutorService runners = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var run : runners.invokeAll(clients)) {
        run.get();
      }
    }
    for (int i = 0; i < LICENSES; i++) {
      assertSeats(licenses.get(i), granted.get(i));
    }
  }

  @Test
  void whatOneRevokesTheOtherDeniesWithinASecond() throws InterruptedException {
    for (int round = 0; round < 5; round++) {
      Reply license = one.client().create("starter");
      String key = license.text("/key");
      two.client().validate(key, "domain", "a.example").expectValid();
      one.client().delete("/api/v1/licenses/" + license.text("/id")).expect(200);
      long start = System.nanoTime();
      while (two.client().validate(key, "domain", "a.example").at("/valid").asBoolean()) {
        assertTrue(System.nanoTime() - start < PATIENCE_NANOS, "still valid");
        Thread.sleep(10);
      }
    }
  }

  @Test
  void countsOfOneAreExactOnTheOtherWithinASecond() throws InterruptedException {
    Reply license = one.client().create("starter");
    String path = "/api/v1/licenses/" + license.text("/id");
    for (int i = 0; i < 50; i++) {
      TestClient api = i % 2 == 0 ? one.client() : two.client();
      api.validate(license.text("/key"), "domain", "a.example").expectValid();
    }
    long start = System.nanoTime();
    while (one.client().get(path).number("/validation_count") != 50
        || two.client().get(path).number("/validation_count") != 50) {
      assertTrue(System.nanoTime() - start < PATIENCE_NANOS, "not counted");
      Thread.sleep(10);
    }
    assertEquals(50, two.client().get(path + "/usage").number("/summary/total"));
  }

  @Test
  void anApiKeyThatOneRevokesTheOtherRefusesWithinASecond() throws InterruptedException {
    String body = "{\"name\": \"x\", \"scopes\": [\"licenses:read\"]}";
    for (int round = 0; round < 5; round++) {
      Reply key = one.client().post("/api/v1/api-keys", body).expect(201);
      TestClient holder = two.client(key.text("/key"));
      holder.get("/api/v1/licenses").expect(200);
      one.client().delete("/api/v1/api-keys/" + key.text("/id")).expect(204);
      long start = System.nanoTime();
      while (holder.get("/api/v1/licenses").status() == 200) {
        assertTrue(System.nanoTime() - start < PATIENCE_NANOS, "still good");
        Thread.sleep(10);
      }
    }
  }

  @Test
  void noAccountHasALicenseTooManyHoweverManyRace() throws Exception {
    String apiKey = account("\"max_licenses\": 10");
    String body = "{\"plan\": \"starter\", \"customer_email\": \"e@e\"}";
    List<Reply> replies =
        atOnce(
            client -> (client % 2 == 0 ? one : two).client(apiKey).post("/api/v1/licenses", body));
    assertEquals(10, replies.stream().filter(reply -> reply.status() == 201).count());
    assertEquals(10, one.client(apiKey).get("/api/v1/account").number("/usage/licenses/used"));
  }

  @Test
  void bothTogetherAdmitAsManyValidationsAsTheQuotaAllowsAndNotOneMore() throws Exception {
    String apiKey = account("\"max_validations_per_month\": 50");
    Reply license = one.client(apiKey).create("enterprise");
    long valid = 0;
    for (int round = 0; round < 2; round++) {
      for (Reply reply :
          atOnce(client ->
              (client % 2 == 0 ? one : two)
                  .client()
                  .validate(license.text("/key"), "domain", "a.example"))) {
        valid += reply.expect(200).at("/valid").asBoolean() ? 1 : 0;
      }
      Thread.sleep(1_100); // what one leaves unused, the other gets
    }
    assertEquals(50, valid);
    for (ServerProcess server : List.of(one, two)) {
      Reply account = server.client(apiKey).get("/api/v1/account");
      assertEquals(valid, account.number("/usage/validations/used"));
      server.client().validate(license.text("/key")).expectRefused("QUOTA_EXCEEDED");
    }
  }

  /** The first API key of a new account. */
  private static String account(String fields) {
    String body = "{\"name\": \"Race\", \"email\": \"race@race.example\", " + fields + "}";
    return one.client(TestServer.OPERATOR_KEY)
        .post("/api/v1/accounts", body)
        .expect(201)
        .text("/api_key");
  }

  private static List<Reply> atOnce(IntFunction<Reply> call) throws Exception {
    CyclicBarrier line = new CyclicBarrier(CLIENTS);
    List<Callable<Reply>> calls = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      int client = i;
      calls.add(() -> {
        line.await();
        return call.apply(client);
      });
    }
    List<Reply> replies = new ArrayList<>();
    try (ExecutorService runners = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var run : runners.invokeAll(calls)) {
        replies.add(run.get());
      }
    }
    return replies;
  }

  private static void race(TestClient api, int client, Reply license, Set<String> granted) {
    String domain = "d" + client + ".example";
    String device = "f" + client;
    Reply reply =
        client % 3 == 0
            ? api.validate(license.text("/key"), "domain", domain)
            : api.validate(license.text("/key"), "domain", domain, "fingerprint", device);
    if (reply.expect(200).at("/valid").asBoolean()) {
      granted.add(domain);
      if (client % 3 != 0) {
        granted.add(device);
      }
    }
  }

  private static void assertSeats(Reply license, Set<String> granted) {
    for (ServerProcess server : List.of(one, two)) {
      Reply now = server.client().get("/api/v1/licenses/" + license.text("/id")).expect(200);
      List<String> domains = now.texts("/domains");
      List<String> devices = now.texts("/devices");
      assertEquals(3, domains.size(), now::text);
      assertTrue(devices.size() <= 3, now::text);
      Set<String> seats = new HashSet<>(domains);
      seats.addAll(devices);
      assertEquals(granted, seats);
    }
  }
}
