package dev.licet.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.Reply;
import dev.licet.TemporaryDirectory;
import dev.licet.TestClient;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server whose PostgreSQL stands still, is killed, or is restarted. */
@Timeout(120)
class DatabaseAwayTest {
  /** Within a second; the rest is what a busy machine may add. */
  private static final long LATEST_ANSWER_MILLIS = 1_600;

  private static final long MENDED_MILLIS = 5_000;

  private static StoppablePostgres postgres;
  private static TemporaryDirectory directory;
  private static ServerProcess server;

  private final AtomicInteger acknowledged = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();
  private TestClient api;
  private Reply license;

  @BeforeAll
  static void start() {
    postgres = new StoppablePostgres();
    directory = TemporaryDirectory.create();
    server = startServer();
  }

  private static ServerProcess startServer() {
    return ServerProcess.start(
        directory.path(),
        Map.of(
            "LICET_DATABASE_URL", postgres.url(),
            "LICET_SECRET", Base64.getEncoder().encodeToString(new byte[32])));
  }

  @AfterAll
  static void stop() {
    server.close();
    postgres.close();
    directory.close();
  }

  @BeforeEach
  void knownLicense() {
    api = server.client();
    license = api.create("professional", "domains", "[\"a.example\"]");
    validate();
  }

  @AfterEach
  void goOn() {
    postgres.goOn();
  }

  @Test
  void knownLicensesAreValidatedAndEverythingElseIsToldToComeBackWithinASecond() throws Exception {
    Reply unknown = api.create("starter");
    String path = "/api/v1/licenses/" + license.text("/id");
    try (Clients clients = new Clients()) {
      Thread.sleep(300);
      postgres.hang();
      long start = System.nanoTime();
      expectAway(() -> api.get(path));
      awaitStale(start);
      expectAway(() -> api.validate(unknown.text("/key")));
      expectAway(() -> api.validate(license.text("/key"), "domain", "b.example"));
      expectAway(() -> api.post(path + "/suspend", "{}"));
      Reply ready = api.get("/health/ready").expect(200);
      assertEquals("degraded", ready.text("/status"));
      assertEquals("down", ready.text("/checks/database"));
      assertFalse(api.get("/metrics").text().contains("licet_spill_events 0.0"));
      Thread.sleep(1_000);
      postgres.goOn();
      awaitMended(path);
      clients.stop();
      api.validate(unknown.text("/key")).expectValid();
      validate();
    }
    assertEquals(0, refused.get());
    assertCounted();
  }

  @Test
  void whatWaitsIsRecordedOnceByTheNextProcessAlsoAfterAKill() throws Exception {
    try (Clients clients = new Clients()) {
      Thread.sleep(300);
      postgres.hang();
      awaitStale(System.nanoTime());
      Thread.sleep(500);
      clients.stop();
      server.kill();
    }
    postgres.goOn();
    server = startServer();
    api = server.client();
    validate();
    assertEquals(0, refused.get());
    assertCounted();
    assertEquals(0, server.terminate());
    server = startServer(); // and once only
    api = server.client();
    assertCounted();
  }

  @Test
  void aKilledDatabaseLetsNobodyWait() throws Exception {
    awayAndBack(postgres::kill);
  }

  @Test
  void aRestartLetsNobodyWait() throws Exception {
    awayAndBack(postgres::shutDown);
  }

  /** Long enough that who tries again and again has become slow at it. */
  private void awayAndBack(Runnable away) throws Exception {
    try (Clients clients = new Clients();
        Writer writer = new Writer(api)) {
      Thread.sleep(300);
      away.run();
      Thread.sleep(5_500);
      postgres.startAgain();
      long start = System.nanoTime();
      while (writer.writtenAt() < start) {
        assertTrue(millisSince(start) < MENDED_MILLIS, server::errors);
        Thread.sleep(20);
      }
      awaitMended("/api/v1/licenses/" + license.text("/id"));
      assertTrue(millisSince(start) < MENDED_MILLIS, "mended after " + millisSince(start) + " ms");
      clients.stop();
      writer.stop();
      assertTrue(writer.slowestMillis() < LATEST_ANSWER_MILLIS, writer.slowestMillis() + " ms");
      assertEquals(Set.of(201, 503), writer.statuses());
    }
    assertEquals(0, refused.get());
    assertCounted();
  }

  private void validate() {
    api.validate(license.text("/key"), "domain", "a.example").expectValid();
    acknowledged.incrementAndGet();
  }

  private void awaitStale(long start) {
    boolean stale = false;
    while (!stale) {
      Reply reply = api.validate(license.text("/key"), "domain", "a.example").expect(200);
      acknowledged.incrementAndGet();
      assertTrue(reply.at("/valid").asBoolean(), reply::text);
      stale = reply.at("/stale").asBoolean();
      assertTrue(millisSince(start) < 2 * LATEST_ANSWER_MILLIS, "not noticed");
    }
  }

  private static void expectAway(Supplier<Reply> call) {
    long start = System.nanoTime();
    Reply reply = call.get();
    long millis = millisSince(start);
    reply.expectProblem(503, "TEMPORARILY_UNAVAILABLE");
    assertEquals("1", reply.header("Retry-After"));
    assertTrue(millis < LATEST_ANSWER_MILLIS, "after " + millis + " ms");
  }

  private void awaitMended(String path) throws InterruptedException {
    long start = System.nanoTime();
    while (api.get(path).status() != 200
        || !api.get("/health/ready").text("/status").equals("up")) {
      assertTrue(millisSince(start) < MENDED_MILLIS, "not mended");
      Thread.sleep(50);
    }
  }

  private void assertCounted() throws InterruptedException {
    String path = "/api/v1/licenses/" + license.text("/id") + "/usage";
    long start = System.nanoTime();
    while (api.get(path).expect(200).number("/summary/total") < acknowledged.get()) {
      assertTrue(millisSince(start) < MENDED_MILLIS, "not counted");
      Thread.sleep(50);
    }
    assertEquals(acknowledged.get(), api.get(path).number("/summary/total"));
  }

  private static long millisSince(long start) {
    return (System.nanoTime() - start) / 1_000_000;
  }

  /** Some who validate all the time. */
  private final class Clients implements AutoCloseable {
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final Thread[] threads = new Thread[4];

    Clients() {
      for (int i = 0; i < threads.length; i++) {
        threads[i] = Thread.startVirtualThread(this::run);
      }
    }

    private void run() {
      while (!stopped.get()) {
        Reply reply = api.validate(license.text("/key"), "domain", "a.example");
        (reply.status() == 200 ? acknowledged : refused).incrementAndGet();
      }
    }

    void stop() throws InterruptedException {
      stopped.set(true);
      for (Thread thread : threads) {
        thread.join();
      }
    }

    @Override
    public void close() {
      stopped.set(true);
    }
  }
}
