package dev.licet.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.Reply;
import dev.licet.TestClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EventStreamTest extends ApiTest {
  @Test
  void eventsComeAsTheyHappen() throws IOException {
    TestClient client = clientOf(account(", \"quota\": \"unlimited\""));
    String apiKey = newKey(client, "[\"events:read\"]").text("/key");
    try (EventListener listener = listener(apiKey, "", "")) {
      assertEquals(200, listener.status());
      assertEquals("text/event-stream; charset=utf-8", listener.contentType());
      Reply license = client.create("starter");
      client.post(path(license) + "/suspend", "{}").expect(200);
      EventListener.Message created = listener.next();
      EventListener.Message suspended = listener.next();
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
    EventListener.Message first;
    try (EventListener listener = listener(apiKey, "", "")) {
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
      try (EventListener listener = listener(apiKey, way[0], way[1])) {
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
    try (EventListener listener = listener(apiKey, query, "")) {
      api.post(path(api.create("starter")) + "/suspend", "{}").expect(200);
      client.post(path(client.create("starter")) + "/suspend", "{}").expect(200);
      client.put(path(license), "{\"max_devices\": 11}").expect(200);
      client.post(path(license) + "/suspend", "{}").expect(200);
      EventListener.Message only = listener.next();
      assertEquals("license.suspended", only.event());
      assertTrue(only.data().contains(license.text("/id")));
    }
  }

  @Test
  void aRevokedKeyEndsItsStream() throws IOException {
    Reply key = newKey(api, "[\"events:read\"]");
    try (EventListener listener = listener(key.text("/key"), "", "")) {
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
    List<EventListener> listeners = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      listeners.add(listener(apiKey, "", ""));
    }
    TestClient one = new TestClient(server.address(), apiKey);
    Reply refused = one.get(EventListener.STREAM).expectProblem(429, "RATE_LIMITED");
    assertNotNull(refused.header("Retry-After"));
    for (EventListener listener : listeners) {
      listener.close();
    }
    long until = System.nanoTime() + 10_000_000_000L;
    int status = 0;
    while (status != 200 && System.nanoTime() < until) {
      Thread.sleep(50);
      try (EventListener again = listener(apiKey, "", "")) {
        status = again.status();
      }
    }
    assertEquals(200, status);
  }

  @Test
  void aServerThatStopsEndsItsStreamsAtOnce() throws IOException {
    try (EventListener listener = listener(newKey(api, "[\"events:read\"]").text("/key"), "", "")) {
      assertEquals(200, listener.status());
      long start = System.nanoTime();
      restart();
      assertTrue(System.nanoTime() - start < 9_000_000_000L);
      assertNull(listener.nextOrEnd());
    }
  }

  private static EventListener listener(String apiKey, String query, String lastSeen)
      throws IOException {
    return new EventListener(server.address(), apiKey, query, lastSeen);
  }

  private static String lastId(TestClient client) {
    return client.get("/api/v1/events?limit=1").expect(200).text("/data/0/id");
  }

  private static Reply newKey(TestClient by, String scopes) {
    return by.post(API_KEYS, "{\"name\": \"listener\", \"scopes\": " + scopes + "}").expect(201);
  }

  private static List<String> violations(EventListener.Message message) {
    return TestClient.SCHEMAS.violations(
        "GET",
        "/api/v1/events/" + message.id(),
        200,
        "application/json",
        message.data().getBytes(StandardCharsets.UTF_8));
  }
}
