package dev.licet.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/** Calls the demo's server as any client would. */
final class DemoClient implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();
  private final ObjectMapper json = new ObjectMapper();
  private final URI server;
  private final String apiKey;

  DemoClient(URI server, String apiKey) {
    this.server = server;
    this.apiKey = apiKey;
  }

  /**
   * A call of the API.
   *
   * @param body the members of the body, in this order; empty: no body
   * @param signed whether the API key goes with it
   */
  record Call(String method, String path, Map<String, String> body, boolean signed) {}

  /** What came back, and how long that took. */
  record Answer(int status, JsonNode body, Duration took) {}

  String text(Call call) {
    String body = call.body().isEmpty() ? "" : " " + json.valueToTree(call.body());
    return call.method() + " " + call.path() + body;
  }

  Answer send(Call call) throws DemoDeviation {
    HttpRequest request = request(call);
    long start = System.nanoTime();
    try {
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      return new Answer(response.statusCode(), parse(response.body()), took);
    } catch (IOException e) {
      throw new DemoDeviation(text(call) + " was not answered: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DemoDeviation(text(call) + " was interrupted");
    }
  }

  private HttpRequest request(Call call) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.resolve(call.path())).timeout(TIMEOUT);
    if (call.signed()) {
      request.header("Authorization", "Bearer " + apiKey);
    }
    if (call.body().isEmpty()) {
      return request.method(call.method(), BodyPublishers.noBody()).build();
    }
    return request
        .header("Content-Type", "application/json")
        .method(call.method(), BodyPublishers.ofString(json.valueToTree(call.body()).toString()))
        .build();
  }

  private JsonNode parse(String body) {
    try {
      return json.readTree(body);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
