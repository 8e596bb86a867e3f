package dev.licet.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ResponseSchemasTest {
  private static final ResponseSchemas SCHEMAS = ResponseSchemas.load();
  private static final String NOT_FOUND =
      """
      {"type": "https://licet.dev/problems/not-found", "title": "Not found", "status": 404,
       "detail": "There is no such path.", "code": "NOT_FOUND"}\
      """;

  @Test
  void anAnswerAsDescribedHasNoViolations() {
    assertEquals(
        List.of(),
        violations(
            "POST", "/api/v1/deactivate", 200, "application/json", "{\"deactivated\":true}"));
    assertEquals(List.of(), violations("DELETE", "/api/v1/plans/team", 204, "", ""));
    assertEquals(
        List.of(), violations("GET", "/metrics", 200, "text/plain; version=0.0.4", "up 1\n"));
  }

  @Test
  void anUnknownFieldIsFound() {
    found("POST", "/api/v1/deactivate", 200, "application/json", "{\"deactivated\":true,\"x\":1}");
  }

  @Test
  void aMissingFieldIsFound() {
    found("GET", "/health/live?verbose", 200, "application/json", "{}");
  }

  @Test
  void aDuplicateKeyIsFound() {
    found("GET", "/health/live", 200, "application/json", "{\"status\":\"up\",\"status\":\"up\"}");
  }

  @Test
  void anUndescribedStatusIsFound() {
    found("GET", "/health/live", 418, "application/json", "{}");
  }

  @Test
  void aWrongMediaTypeIsFound() {
    found("GET", "/health/live", 200, "text/plain", "{\"status\":\"up\"}");
  }

  @Test
  void aBodyWhereNoneShouldBeIsFound() {
    found("DELETE", "/api/v1/plans/team", 204, "", "{}");
  }

  @Test
  void aProblemMustAgreeWithItsStatusAndType() {
    String type = "application/problem+json";
    assertEquals(List.of(), violations("GET", "/nowhere", 404, type, NOT_FOUND));
    found("GET", "/nowhere", 404, type, NOT_FOUND.replace("\"status\": 404", "\"status\": 400"));
    found("GET", "/nowhere", 404, type, NOT_FOUND.replace("/not-found", "/not-there"));
    found("GET", "/nowhere", 404, type, NOT_FOUND.replace("NOT_FOUND", "KEY_TAKEN"));
  }

  @Test
  void anUnknownPathIs404AndAnUnknownMethod405() {
    found("GET", "/nowhere", 200, "application/json", "{}");
    found("PUT", "/api/v1/plans", 404, "application/problem+json", NOT_FOUND);
    String notAllowed =
        NOT_FOUND
            .replace("not-found", "method-not-allowed")
            .replace("NOT_FOUND", "METHOD_NOT_ALLOWED")
            .replace("404", "405");
    assertEquals(
        List.of(), violations("PUT", "/api/v1/plans", 405, "application/problem+json", notAllowed));
  }

  @Test
  void aMissingHeaderIsFound() throws Exception {
    assertEquals(List.of(), answered("Bearer realm=\"licet\""));
    assertEquals(List.of("header WWW-Authenticate is missing"), answered(null));
  }

  /** The violations of a 401 as a real server sends it, with this header or without it. */
  private static List<String> answered(String authenticate) throws Exception {
    byte[] problem =
        NOT_FOUND
            .replace("not-found", "unauthorized")
            .replace("NOT_FOUND", "UNAUTHORIZED")
            .replace("404", "401")
            .getBytes(StandardCharsets.UTF_8);
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "application/problem+json");
          if (authenticate != null) {
            exchange.getResponseHeaders().set("WWW-Authenticate", authenticate);
          }
          exchange.sendResponseHeaders(401, problem.length);
          exchange.getResponseBody().write(problem);
          exchange.close();
        });
    server.start();
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI uri =
          URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/api/v1/plans?limit=1");
      HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build();
      return SCHEMAS.violations(client.send(request, BodyHandlers.ofByteArray()));
    } finally {
      server.stop(0);
    }
  }

  private static void found(String method, String path, int status, String type, String body) {
    assertTrue(!violations(method, path, status, type, body).isEmpty());
  }

  private static List<String> violations(
      String method, String path, int status, String type, String body) {
    return SCHEMAS.violations(method, path, status, type, body.getBytes(StandardCharsets.UTF_8));
  }
}
