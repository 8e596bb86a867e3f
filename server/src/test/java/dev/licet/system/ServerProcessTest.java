package dev.licet.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.licet.Reply;
import dev.licet.TemporaryDirectory;
import dev.licet.TestClient;
import dev.licet.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServerProcessTest {
  private static final byte[] HALF_A_REQUEST =
      """
      POST /api/v1/validate HTTP/1.1\r
      Host: licet\r
      Content-Type: application/json\r
      Content-Length: 100\r
      \r
      {"key":\
      """
          .getBytes(StandardCharsets.US_ASCII);

  private static final byte[] HALF_AN_UPLOAD =
      """
      POST /api/v1/plans HTTP/1.1\r
      Host: licet\r
      Content-Type: application/json\r
      Authorization: Bearer %s\r
      Transfer-Encoding: chunked\r
      \r
      8\r
      {"name":\
      """
          .formatted(TestServer.API_KEY)
          .getBytes(StandardCharsets.US_ASCII);

  private static final byte[] UNREAD_ANSWER =
      "GET /docs/redoc.standalone.js HTTP/1.1\r\nHost: licet\r\n\r\n"
          .getBytes(StandardCharsets.US_ASCII);

  private final TemporaryDirectory directory = TemporaryDirectory.create();

  @AfterEach
  void clean() {
    directory.close();
  }

  @Test
  void onAnyFreePortAllEventLoopsTakeConnectionsOfThatOne() throws Exception {
    assumeTrue(
        Files.isDirectory(Path.of("/proc/self/fd")), "Linux tells what a process listens on");
    try (ServerProcess server = start(Map.of("LICET_PORT", "0"))) {
      assertEquals(Set.of(server.client().base().getPort()), server.listeningPorts());
    }
  }

  @Test
  void stoppedUnderLoadItHasCountedWhatItAcknowledged() throws Exception {
    try (ServerProcess server = start(Map.of());
        Load load = new Load(server.client(), 5)) {
      assertTrue(server.readyLine().endsWith("(SQLite, data/licet.db)"), server.readyLine());
      load.awaitAcknowledged(500);
      assertEquals(0, server.terminate());
      load.stop();
      try (ServerProcess again = start(Map.of())) {
        load.assertAllCounted(again.client());
      }
    }
  }

  @Test
  void killedUnderLoadItHasCountedWhatItAcknowledged() throws Exception {
    try (ServerProcess server = start(Map.of());
        Load load = new Load(server.client(), 5)) {
      load.awaitAcknowledged(500);
      server.kill();
      load.stop();
      try (ServerProcess again = start(Map.of())) {
        load.assertAllCounted(again.client());
        Reply license = again.client().create("starter");
        again.client().validate(license.text("/key")).expectValid();
      }
    }
  }

  /**
   * The server is killed when the effect is committed and the answer is not read: to the client it
   * is the same as if the answer had never been sent.
   */
  @Test
  void aCallWhoseAnswerWasLostHasOneEffectAndIsAnsweredWhenRepeated() throws Exception {
    String body = "{\"plan\": \"starter\", \"customer_email\": \"lost@example.com\"}";
    String list = "/api/v1/licenses?customer_email=lost@example.com";
    try (ServerProcess server = start(Map.of())) {
      URI address = server.client().base();
      try (Socket socket = new Socket(address.getHost(), address.getPort())) {
        socket.getOutputStream().write(request(body).getBytes(StandardCharsets.US_ASCII));
        while (server.client().get(list).at("/data").isEmpty()) {
          Thread.sleep(1);
        }
        server.kill();
      }
      try (ServerProcess again = start(Map.of())) {
        TestClient api = again.client().with("Idempotency-Key", "lost-answer");
        Reply answer = api.post("/api/v1/licenses", body).expect(201);
        assertEquals("true", answer.header("Idempotency-Replayed"));
        List<String> ids = api.get(list).texts("/data", "/id");
        assertEquals(List.of(answer.text("/id")), ids);
        api.validate(answer.text("/key")).expectValid();
      }
    }
  }

  @Test
  void killedUnderLoadEveryRepeatedCallHasOneEffect() throws Exception {
    Map<String, Reply> answered = new ConcurrentHashMap<>();
    int calls = 400;
    try (ServerProcess server = start(Map.of())) {
      TestClient api = server.client();
      ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
      CountDownLatch enough = new CountDownLatch(calls / 4);
      for (int i = 0; i < calls; i++) {
        String name = "call-" + i;
        clients.execute(() -> {
          try {
            Reply answer = create(api, name);
            if (answer.status() == 201) { // one that found no room in time is like one unanswered
              answered.put(name, answer);
              enough.countDown();
            }
          } catch (UncheckedIOException e) {
            // the server is gone, and nobody knows what it did
          }
        });
      }
      enough.await();
      server.kill();
      clients.close();
    }
    try (ServerProcess again = start(Map.of())) {
      for (int i = 0; i < calls; i++) {
        String name = "call-" + i;
        Reply repeated = create(again.client(), name).expect(201);
        Reply first = answered.getOrDefault(name, repeated);
        assertEquals(first.text(), repeated.text());
        String list = "/api/v1/licenses?customer_email=" + name + "@example.com";
        assertEquals(1, again.client().get(list).at("/data").size());
      }
    }
  }

  private static Reply create(TestClient api, String name) {
    return api.with("Idempotency-Key", name)
        .post(
            "/api/v1/licenses",
            "{\"plan\": \"starter\", \"customer_email\": \"" + name + "@example.com\"}");
  }

  private static String request(String body) {
    return """
    POST /api/v1/licenses HTTP/1.1\r
    Host: licet\r
    Authorization: Bearer %s\r
    Content-Type: application/json\r
    Idempotency-Key: lost-answer\r
    Content-Length: %d\r
    \r
    %s\
    """
        .formatted(TestServer.API_KEY, body.length(), body);
  }

  @Test
  void manyWhoDoNotReadALargeAnswerDoNotTakeItsMemory() throws Exception {
    List<Socket> slow = new ArrayList<>();
    try (ServerProcess server = start(Map.of())) {
      URI address = server.client().base();
      for (int i = 0; i < 300; i++) {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4_096);
        socket.connect(new InetSocketAddress(address.getHost(), address.getPort()));
        socket.getOutputStream().write(UNREAD_ANSWER);
        slow.add(socket);
      }
      Reply license = server.client().create("starter");
      for (int i = 0; i < 50; i++) {
        server.client().validate(license.text("/key")).expectValid();
      }
      assertTrue(server.client().get("/docs/redoc.standalone.js").body().length > 100_000);
      assertFalse(server.errors().contains("OutOf"), server.errors());
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  @Test
  void requestsThatNeverEndHoldItUpForLessThanTenSeconds() throws Exception {
    List<Socket> slow = new ArrayList<>();
    try (ServerProcess server = start(Map.of())) {
      URI address = server.client().base();
      for (int i = 0; i < 48; i++) {
        slow.add(new Socket(address.getHost(), address.getPort()));
        OutputStream out = slow.getLast().getOutputStream();
        switch (i % 4) {
          case 0 -> out.write(HALF_A_REQUEST);
          case 1 -> out.write(Arrays.copyOf(HALF_A_REQUEST, 60));
          case 2 -> out.write(UNREAD_ANSWER);
          default -> out.write(HALF_AN_UPLOAD);
        }
      }
      server.client().get("/health/live").expect(200);
      long start = System.nanoTime();
      assertEquals(0, server.terminate());
      long millis = (System.nanoTime() - start) / 1_000_000;
      assertTrue(millis < 10_000, "took " + millis + " ms");
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  @Test
  void aSecondServerOnTheSameDataIsRefused() throws Exception {
    try (ServerProcess server = start(Map.of())) {
      assertRefused(ServerProcess.end(directory.path(), Map.of()));
      server.client().get("/health/ready").expect(200);
    }
  }

  @Test
  void aPortInUseIsRefused() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      String said = assertRefused(ServerProcess.end(directory.path(), Map.of("LICET_PORT", port)));
      assertTrue(said.contains(port), said);
    }
  }

  @Test
  void aDataDirectoryThatIsAFileIsRefused() throws Exception {
    Files.writeString(directory.path().resolve("data"), "a file");
    String said = assertRefused(ServerProcess.end(directory.path(), Map.of()));
    assertTrue(said.contains("data"), said);
  }

  @Test
  void anotherSecretThanTheDatabasesIsRefused() throws Exception {
    try (ServerProcess server = start(Map.of("LICET_SECRET", secret(1)))) {
      server.client().create("starter");
      assertEquals(0, server.terminate());
    }
    String said =
        assertRefused(ServerProcess.end(directory.path(), Map.of("LICET_SECRET", secret(2))));
    assertTrue(said.contains("LICET_SECRET"), said);
    assertFalse(said.contains(secret(2)), said);
  }

  @Test
  void neitherTheDatabaseNorTheLogHasAKeyInTheClear() throws Exception {
    Map<String, String> chatty = Map.of("LICET_LOG_LEVEL", "trace");
    try (ServerProcess server = start(chatty)) {
      List<String> keys = story(server.client());
      String dump = dump(directory.path().resolve("data"));
      assertTrue(dump.contains("story@example.com"), "the dump is not one of the database");
      assertNone(keys, dump);
      assertEquals(0, server.terminate());
      assertNone(keys, dump(directory.path().resolve("data")));
      assertNone(keys, server.errors());
    }
  }

  /** Uses keys in every way; the keys, the API key among them. */
  private static List<String> story(TestClient api) {
    Reply license = api.create("professional", "customer_name", "story@example.com");
    Reply brought = api.create("starter", "key", "brought/story+key-0001");
    String path = "/api/v1/licenses/" + license.text("/id");
    String first = license.text("/key");
    api.validate(first, "domain", "a.example", "fingerprint", "f").expectValid();
    api.validate(first.toLowerCase(Locale.ROOT)).expectValid();
    api.validate(first.substring(0, first.length() - 1) + "0", "nonce", first).json();
    api.validate(brought.text("/key")).expectValid();
    api.get("/api/v1/licenses?key=" + first).expect(200);
    api.post("/api/v1/deactivate", "{\"key\": \"" + first + "\", \"domain\": \"a.example\"}")
        .expect(200);
    String second = api.post(path + "/rotate", "{\"overlap\": \"PT1H\"}").text("/key");
    api.validate(second).expectValid();
    api.post(path + "/suspend", "{}").expect(200);
    api.validate(first).expectRefused("LICENSE_SUSPENDED");
    api.delete(path).expect(200);
    api.with("Authorization", "Bearer x" + TestServer.API_KEY).get(path).expect(401);
    return List.of(first, second, brought.text("/key"), TestServer.API_KEY);
  }

  private static void assertNone(List<String> keys, String text) {
    for (String key : keys) {
      assertFalse(text.contains(key), "a key is in the clear");
      assertFalse(text.contains(key.replace("-", "")), "a key is in the clear");
    }
  }

  /** All bytes of all files but the secret's, as text. */
  private static String dump(Path data) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.writeBytes(Files.readAllBytes(file));
      }
    }
    return all.toString(StandardCharsets.ISO_8859_1);
  }

  private ServerProcess start(Map<String, String> settings) {
    return ServerProcess.start(directory.path(), settings);
  }

  private static String assertRefused(ServerProcess.Ended ended) {
    assertEquals(2, ended.exitCode(), () -> ended.errorLines().toString());
    List<String> complaints =
        ended.errorLines().stream().filter(line -> !line.matches("\\d{4}-.* INFO .*")).toList();
    assertEquals(1, complaints.size(), () -> ended.errorLines().toString());
    assertTrue(complaints.getFirst().startsWith("licet: "), complaints::toString);
    return complaints.getFirst();
  }

  private static String secret(int filler) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) filler);
    return Base64.getEncoder().encodeToString(bytes);
  }
}
