package dev.licet.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The product's HTTP API as the drivers use it; blocking, for any number of threads. */
final class Api {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final URI root;
  private final String apiKey;

  /** Speaks to the server at {@code base}, for example {@code http://127.0.0.1:8080}. */
  Api(URI base, String apiKey) {
    this.root = base.resolve("/api/v1/");
    this.apiKey = apiKey;
  }

  /**
   * An answer of any status.
   *
   * @param retryAfter the header, or the empty string
   */
  record Answer(int status, JsonNode body, String retryAfter) {
    boolean isValid() {
      return status == 200 && body.path("valid").asBoolean();
    }

    /** Whether it says that the server cannot do it now, and when to ask again. */
    boolean isTemporary() {
      return status == 503
          && body.path("code").asText().equals("TEMPORARILY_UNAVAILABLE")
          && !retryAfter.isEmpty();
    }

    /** The code of a refusal, or the empty string. */
    String error() {
      return body.path("error").asText();
    }
  }

  static ObjectNode object() {
    return JSON.createObjectNode();
  }

  Answer validate(String key, @Nullable String domain, @Nullable String fingerprint)
      throws IOException, InterruptedException {
    ObjectNode body = object().put("key", key);
    if (domain != null) {
      body.put("domain", domain);
    }
    if (fingerprint != null) {
      body.put("fingerprint", fingerprint);
    }
    return send(HttpRequest.newBuilder(root.resolve("validate")), body);
  }

  /** Creates a license and returns it. */
  JsonNode createLicense(ObjectNode license) throws IOException, InterruptedException {
    return expect(201, send(authorized("licenses"), license));
  }

  JsonNode license(String id) throws IOException, InterruptedException {
    return expect(200, get(authorized("licenses/" + id)));
  }

  void delete(String path) throws IOException, InterruptedException {
    expect(204, exchange(authorized(path).DELETE()));
  }

  /** A page of a license's history, with its summary. */
  JsonNode usage(String id, String query) throws IOException, InterruptedException {
    return expect(200, get(authorized("licenses/" + id + "/usage?" + query)));
  }

  /** What a path below {@code /api/v1/} shows. */
  JsonNode read(String path) throws IOException, InterruptedException {
    return expect(200, get(authorized(path)));
  }

  /** Makes something, and returns it. */
  JsonNode create(String path, ObjectNode body) throws IOException, InterruptedException {
    return expect(201, post(path, body));
  }

  Answer post(String path, ObjectNode body) throws IOException, InterruptedException {
    return send(authorized(path), body);
  }

  Answer patch(String path, ObjectNode body) throws IOException, InterruptedException {
    return exchange(
        authorized(path)
            .header("Content-Type", "application/json")
            .method("PATCH", BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body))));
  }

  private HttpRequest.Builder authorized(String path) {
    return HttpRequest.newBuilder(root.resolve(path)).header("Authorization", "Bearer " + apiKey);
  }

  private Answer get(HttpRequest.Builder request) throws IOException, InterruptedException {
    return exchange(request.GET());
  }

  private Answer send(HttpRequest.Builder request, ObjectNode body)
      throws IOException, InterruptedException {
    return exchange(
        request
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body))));
  }

  private Answer exchange(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<byte[]> response =
        client.send(request.timeout(TIMEOUT).build(), BodyHandlers.ofByteArray());
    return new Answer(
        response.statusCode(),
        JSON.readTree(response.body()),
        response.headers().firstValue("Retry-After").orElse(""));
  }

  private static JsonNode expect(int status, Answer answer) throws IOException {
    if (answer.status() != status) {
      throw new IOException(
          "Expected " + status + ", got " + answer.status() + ": " + answer.body());
    }
    return answer.body();
  }
}
