package dev.licet.api;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.TestClient;
import dev.licet.TestDatabase;
import dev.licet.TestServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Streams on which a client reads nothing, or nothing happens; a minute long. */
class EventStreamPatienceTest {
  private static final int PLACES = 10;
  private static final int EVENTS = 60;
  private static final String QUIET = "?types=ping";

  @Test
  @Timeout(120)
  void whoDoesNotReadLosesThePlaceAndWhoWaitsHearsThatTheServerIsThere() throws Exception {
    try (TestServer server = TestServer.start(TestDatabase.SQLITE, Map.of());
        Socket deaf = new Socket();
        Places places = new Places(server)) {
      ask(deaf, server.address(), places.apiKey);
      EventListener idle = places.take(QUIET);
      EventListener reader = places.take("");
      while (places.taken() < PLACES - 1) {
        places.take(QUIET);
      }
      long start = System.nanoTime();
      happen(server.client());
      for (int i = 0; i < EVENTS; i++) {
        assertEquals("license.created", reader.next().event());
      }
      assertTrue(seconds(start) < 15, "the others waited for the one who does not read");
      idle.awaitHeartbeat(); // the first one comes at once
      idle.awaitHeartbeat();
      idle.awaitHeartbeat();
      assertTrue(seconds(start) > 20, "a heartbeat came too soon");
      while (places.take("").status() == 429) {
        Thread.sleep(500);
      }
      assertTrue(seconds(start) > 50, "the one who does not read was cut off too soon");
      assertTrue(seconds(start) < 90, "the one who does not read kept the place too long");
    }
  }

  /** Much more than sockets and the server keep for a client. */
  private static void happen(TestClient api) {
    StringBuilder metadata = new StringBuilder("{");
    for (int i = 0; i < 20; i++) {
      metadata.append(i == 0 ? "" : ",").append("\"").append(i).append("\": \"");
      metadata.append("x".repeat(500)).append("\"");
    }
    for (int i = 0; i < EVENTS; i++) {
      api.create("starter", "metadata", metadata + "}");
    }
  }

  private static void ask(Socket socket, URI server, String apiKey) throws IOException {
    socket.setReceiveBufferSize(4096);
    socket.connect(new InetSocketAddress(server.getHost(), server.getPort()));
    String head =
        "GET %s HTTP/1.1\r\nHost: licet\r\nAuthorization: Bearer %s\r\n\r\n"
            .formatted(EventListener.STREAM, apiKey);
    socket.getOutputStream().write(head.getBytes(US_ASCII));
    assertEquals('H', socket.getInputStream().read()); // it has begun, and reads no more
  }

  private static long seconds(long since) {
    return (System.nanoTime() - since) / 1_000_000_000L;
  }

  /** The streams of an account but the first. */
  private static final class Places implements AutoCloseable {
    private final URI server;
    private final String apiKey;
    private final List<EventListener> taken = new ArrayList<>();

    Places(TestServer server) {
      this.server = server.address();
      this.apiKey =
          server
              .client()
              .post(ApiTest.API_KEYS, "{\"name\": \"listener\", \"scopes\": [\"events:read\"]}")
              .expect(201)
              .text("/key");
    }

    int taken() {
      return taken.size();
    }

    /** Asks for one more. */
    EventListener take(String query) throws IOException {
      EventListener listener = new EventListener(server, apiKey, query, "");
      taken.add(listener);
      return listener;
    }

    @Override
    public void close() throws IOException {
      for (EventListener listener : taken) {
        listener.close();
      }
    }
  }
}
