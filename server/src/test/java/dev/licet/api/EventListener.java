package dev.licet.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A client of {@code GET /events/stream}. */
final class EventListener implements AutoCloseable {
  static final String STREAM = "/api/v1/events/stream";

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final BufferedReader in;
  private final HttpResponse<InputStream> response;

  /** One event of a stream. */
  record Message(String id, String event, String data) {}

  /** Returns when the head of the answer is there. */
  EventListener(URI server, String apiKey, String query, String lastSeen) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.resolve(STREAM + query))
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

  String contentType() {
    return response.headers().firstValue("Content-Type").orElse("");
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

  /** Reads a comment, which says nothing but that the connection lives. */
  void awaitHeartbeat() throws IOException {
    assertEquals(":", in.readLine());
    assertEquals("", in.readLine());
  }

  @Override
  public void close() throws IOException {
    response.body().close();
  }
}
