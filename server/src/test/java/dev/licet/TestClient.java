package dev.licet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.licet.http.ResponseSchemas;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Calls a server and fails at an answer that {@code spec/openapi.yaml} does not describe. */
public final class TestClient {
  public static final ResponseSchemas SCHEMAS = ResponseSchemas.load();

  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final URI base;
  private final Map<String, String> headers;

  private TestClient(URI base, Map<String, String> headers) {
    this.base = base;
    this.headers = Map.copyOf(headers);
  }

  public TestClient(URI base, String apiKey) {
    this(base, Map.of("Authorization", "Bearer " + apiKey, "Content-Type", "application/json"));
  }

  /** The same with a header more, or with another value for one. */
  public TestClient with(String name, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(name, value);
    return new TestClient(base, more);
  }

  public TestClient without(String name) {
    Map<String, String> fewer = new HashMap<>(headers);
    fewer.remove(name);
    return new TestClient(base, fewer);
  }

  public URI base() {
    return base;
  }

  public Reply get(String path) {
    return send("GET", path, BodyPublishers.noBody());
  }

  public Reply delete(String path) {
    return send("DELETE", path, BodyPublishers.noBody());
  }

  public Reply delete(String path, String json) {
    return send("DELETE", path, BodyPublishers.ofString(json));
  }

  public Reply post(String path, String json) {
    return send("POST", path, BodyPublishers.ofString(json));
  }

  public Reply put(String path, String json) {
    return send("PUT", path, BodyPublishers.ofString(json));
  }

  public Reply patch(String path, String json) {
    return send("PATCH", path, BodyPublishers.ofString(json));
  }

  /** Creates a licence for ada@example.com; fails unless that works. */
  public Reply create(String plan, String... fields) {
    ObjectNode body = object(fields).put("plan", plan).put("customer_email", "ada@example.com");
    return post("/api/v1/licenses", body.toString()).expect(201);
  }

  /**
   * Validates a key.
   *
   * @param fields names and values in turn
   */
  public Reply validate(String key, String... fields) {
    return post("/api/v1/validate", object(fields).put("key", key).toString());
  }

  public Reply send(String method, String path, BodyPublisher body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(path))
            .method(method, body)
            .timeout(Duration.ofSeconds(30));
    headers.forEach(request::setHeader);
    try {
      HttpResponse<byte[]> response = HTTP.send(request.build(), BodyHandlers.ofByteArray());
      if (!method.equals("HEAD")) {
        assertEquals(List.of(), SCHEMAS.violations(response));
      }
      return new Reply(response.statusCode(), response.headers(), response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** An object of names and values in turn; a value that is JSON but no text stands as it is. */
  private static ObjectNode object(String... fields) {
    ObjectNode object = MAPPER.createObjectNode();
    for (int i = 0; i < fields.length; i += 2) {
      object.set(fields[i], value(fields[i + 1]));
    }
    return object;
  }

  private static JsonNode value(String text) {
    boolean json = text.matches("null|true|false|-?[0-9]+|\\[.*]|\\{.*}");
    try {
      return json ? MAPPER.readTree(text) : MAPPER.getNodeFactory().textNode(text);
    } catch (IOException e) {
      return MAPPER.getNodeFactory().textNode(text);
    }
  }
}
