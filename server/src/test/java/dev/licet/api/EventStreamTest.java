package dev.licet.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.licet.Reply;
import dev.licet.TestClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EventStreamTest extends ApiTest {
  private static final String STREAM = "/api/v1/events/stream";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @Test
  void eventsComeAsTheyHappen() throws IOException {
    TestClient client = clientOf(account(", \"quota\": \"unlimited\""));
    String apiKey = newKey(client, "[\"events:read\"]").text("/key");
    try (Listener listener = new Listener(apiKey, "", "")) {
      assertEquals(200, listener.status());
      assertEquals(
          "text/event-stream; charset=utf-8",
          listener.response.headers().firstValue("Content-Type").orElse(""));
      Reply license = client.create("starter");
      client.post(path(license) + "/suspend", "{}").expect(200);
      Message created = listener.next();
      Message suspended = listener.next();
      assertEquals("license.created", created.event());
      assertEquals("license.suspended", suspended.event());
      assertFalse(created.data().contains(key(license)));
      Reply same = client.get("/api/v1/events/" + suspended.id()).expect(200);
      assertEquals(same.text(), suspended.data());
      assertEquals(List.of(), violations(suspended));
    }
  }

  @Test
  void whoComesBackMissesNothing() throws IOException {
    TestClient client = clientOf(account(", \"quota\": \"unlimited\""));
    String apiKey = newKey(client, "[\"events:read\"]").text("/key");
    Message first;
    try (Listener listener = new Listener(apiKey, "", "")) {
      client.create("starter");
      first = listener.next();
    }
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      ids.add(client.create("starter").text("/id"));
    }
    String header = first.id();
    String query = "?last_event_id=" + first.id();
    for (String[] way :
        new String[][] {{"", header}, {query, ""}, {"?last_event_id=" + lastId(client), header}}) {
      try (Listener listener = new Listener(apiKey, way[0], way[1])) {
        for (String id : ids) {
          assertTrue(listener.next().data().contains(id));
        }
      }
    }
  }

  @Test
  void onlyWhatIsAskedForComesAndNothingOfOthers() throws IOException {
    TestClient client = clientOf(account(", \"quota\": \"unlimited\""));
    String apiKey = newKey(client, "[\"events:read\"]").text("/key");
    Reply license = client.create("starter");
    String query = "?types=license.suspended,ping&license=" + license.text("/id");
    try (Listener listener = new Listener(apiKey, query, "")) {
      api.post(path(api.create("starter")) + "/suspend", "{}").expect(200);
      client.post(path(client.create("starter")) + "/suspend", "{}").expect(200);
      client.put(path(license), "{\"max_devices\": 11}").expect(200);
      client.post(path(license) + "/suspend", "{}").expect(200);
      Message only = listener.next();
      assertEquals("license.suspended", only.event());
      assertTrue(only.data().contains(license.text("/id")));
    }
  }

  @Test
  void aRevokedKeyEndsItsStream() throws IOException {
    Reply key = newKey(api, "[\"events:read\"]");
    try (Listener listener = new Listener(key.text("/key"), "", "")) {
      api.delete(API_KEYS + "/" + key.text("/id")).expect(204);
      long revoked = System.nanoTime();
      assertNull(listener.nextOrEnd());
      assertTrue(System.nanoTime() - revoked < 3_000_000_000L);
    }
  }

  @Test
  void anAccountHasSoManyStreamsAndNoMore() throws Exception {
    TestClient client = clientOf(account(", \"quota\": \"unlimited\""));
    String apiKey = newKey(client, "[\"events:read\"]").text("/key");
    List<Listener> listeners = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      listeners.add(new Listener(apiKey, "", ""));
    }
    TestClient one = new TestClient(server.address(), apiKey);
    Reply refused = one.get(STREAM).expectProblem(429, "RATE_LIMITED");
    assertNotNull(refused.header("Retry-After"));
    for (Listener listener : listeners) {
      listener.close();
    }
    long until = System.nanoTime() + 10_000_000_000L;
    int status = 0;
    while (status != 200 && System.nanoTime() < until) {
      Thread.sleep(50);
      try (Listener again = new Listener(apiKey, "", "")) {
        status = again.status();
      }
    }
    assertEquals(200, status);
  }

  @Test
  void aServerThatStopsEndsItsStreamsAtOnce() throws IOException {
    try (Listener listener = new Listener(newKey(api, "[\"events:read\"]").text("/key"), "", "")) {
      assertEquals(200, listener.status());
      long start = System.nanoTime();
      restart();
      assertTrue(System.nanoTime() - start < 9_000_000_000L);
      assertNull(listener.nextOrEnd());
    }
  }

  private static String lastId(TestClient client) {
    return client.get("/api/v1/events?limit=1").expect(200).text("/data/0/id");
  }

  private static Reply newKey(TestClient by, String scopes) {
    return by.post(API_KEYS, "{\"name\": \"listener\", \"scopes\": " + scopes + "}").expect(201);
  }

  private static List<String> violations(Message message) {
    return TestClient.SCHEMAS.violations(
        "GET",
        "/api/v1/events/" + message.id(),
        200,
        "application/json",
        message.data().getBytes(StandardCharsets.UTF_8));
  }

  /** One event of a stream. */
  private record Message(String id, String event, String data) {}

  /** A client of the stream. */
  private static final class Listener implements AutoCloseable {
    private static final HttpClient HTTP =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final BufferedReader in;
    private final HttpResponse<InputStream> response;

    /** Returns when the head of the answer is there. */
    Listener(String apiKey, String query, String lastSeen) throws IOException {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(server.address().resolve(STREAM + query))
              .header("Authorization", "Bearer " + apiKey);
      if (!lastSeen.isEmpty()) {
        request.header("Last-Event-ID", lastSeen);
      }
      try {
        response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      in = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }

    int status() {
      return response.statusCode();
    }

    Message next() throws IOException {
      Message message = nextOrEnd();
      if (message == null) {
        throw new AssertionError("the stream has ended");
      }
      return message;
    }

    /** The next event; {@code null} when there are no more. */
    @Nullable Message nextOrEnd() throws IOException {
      String id = "";
      String event = "";
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.startsWith("id: ")) {
          id = line.substring(4);
        } else if (line.startsWith("event: ")) {
          event = line.substring(7);
        } else if (line.startsWith("data: ")) {
          String data = line.substring(6);
          assertEquals(id, MAPPER.readTree(data).get("id").textValue());
          return new Message(id, event, data);
        }
      }
      return null;
    }

    @Override
    public void close() throws IOException {
      response.body().close();
    }
  }
}
