package dev.licet.http;

import static dev.licet.http.OpenApiDocument.map;

import dev.licet.http.OpenApiDocument.Operation;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Holds what a live server answers to {@code spec/openapi.yaml}: the status, the media type, the
 * required headers and the body. Safe for use by many threads.
 */
public final class ResponseSchemas {
  private static final Pattern ABOUT_HEAD =
      Pattern.compile("\"detail\":\"[^\"]*(Host header|Expect|Content-Encoding)");

  private static final JsonMapper STRICT =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final OpenApiDocument document;
  private final SpecSchemas schemas;

  private ResponseSchemas(OpenApiDocument document) {
    this.document = document;
    this.schemas = new SpecSchemas(document);
  }

  /** Reads the description from the class path. Keep the result: compiling schemas takes time. */
  public static ResponseSchemas load() {
    return new ResponseSchemas(OpenApiDocument.load());
  }

  /** What is wrong with this response, one line each; empty when it is as described. */
  public List<String> violations(HttpResponse<byte[]> response) {
    HttpHeaders headers = response.headers();
    String method = response.request().method();
    String path = response.request().uri().getRawPath();
    List<String> violations =
        new ArrayList<>(
            violations(
                method,
                path,
                response.statusCode(),
                headers.firstValue("Content-Type").orElse(""),
                response.body()));
    definition(method, path, response.statusCode())
        .ifPresent(definition -> violations.addAll(headerViolations(definition, headers)));
    return violations;
  }

  /**
   * The same without the headers.
   *
   * @param path as sent, with or without a query
   * @param contentType the header's value, empty when there is none
   */
  public List<String> violations(
      String method, String path, int status, String contentType, byte[] body) {
    String call = method + " " + path + " -> " + status + ": ";
    Optional<Map<String, Object>> definition =
        definition(method, path, status).or(() -> ofAny(status, body));
    if (definition.isEmpty()) {
      return List.of(call + "the description has no such answer");
    }
    return bodyViolations(definition.get(), status, contentType, body).stream()
        .map(call::concat)
        .toList();
  }

  private List<String> bodyViolations(
      Map<String, Object> definition, int status, String contentType, byte[] body) {
    Map<String, Object> content = map(definition.getOrDefault("content", Map.of()));
    if (content.isEmpty()) {
      return body.length == 0 ? List.of() : List.of("there is a body, there should be none");
    }
    String mediaType = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    if (!content.containsKey(mediaType)) {
      return List.of("the media type is '" + mediaType + "', not one of " + content.keySet());
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      Map<String, Object> schema = map(map(content.get(mediaType)).get("schema"));
      if (mediaType.equals("application/x-ndjson")) {
        return text.lines()
            .flatMap(line -> schemas.violations(schema, STRICT.readTree(line)).stream())
            .toList();
      }
      boolean isJson = mediaType.equals("application/json") || mediaType.endsWith("+json");
      if (!isJson) {
        return schemas.violations(schema, text);
      }
      JsonNode json = STRICT.readTree(text);
      List<String> violations = new ArrayList<>(schemas.violations(schema, json));
      if (mediaType.equals("application/problem+json")) {
        violations.addAll(problemViolations(json, status));
      }
      return violations;
    } catch (CharacterCodingException e) {
      return List.of("the body is not UTF-8");
    } catch (JacksonException e) {
      return List.of("the body is not JSON: " + e.getOriginalMessage());
    }
  }

  private List<String> problemViolations(JsonNode problem, int status) {
    List<String> violations = new ArrayList<>();
    String code = problem.path("code").asString("");
    if (problem.path("status").asInt(0) != status) {
      violations.add("status in the problem is " + problem.path("status"));
    }
    if (!problem.path("type").asString("").equals(ProblemTable.type(code))) {
      violations.add("type does not belong to " + code + ": " + problem.path("type"));
    }
    if (!Integer.valueOf(status).equals(ProblemTable.read(document).get(code))) {
      violations.add(code + " does not go with this status");
    }
    return violations;
  }

  private List<String> headerViolations(Map<String, Object> definition, HttpHeaders headers) {
    List<String> violations = new ArrayList<>();
    map(definition.getOrDefault("headers", Map.of()))
        .forEach((name, reference) -> {
          Map<String, Object> header = document.resolve(reference);
          Map<String, Object> schema = map(header.get("schema"));
          Optional<String> value = headers.firstValue(name);
          if (value.isEmpty()) {
            if (Boolean.TRUE.equals(header.get("required"))) {
              violations.add("header " + name + " is missing");
            }
          } else {
            schemas.violations(schema, value.get()).stream()
                .map(violation -> "header " + name + violation)
                .forEach(violations::add);
          }
        });
    return violations;
  }

  private Optional<Map<String, Object>> definition(String method, String path, int status) {
    String plainPath = path.split("\\?", 2)[0];
    List<Operation> atPath =
        document.operations().stream().filter(o -> matches(o.path(), plainPath)).toList();
    Optional<Operation> operation =
        atPath.stream().filter(o -> o.method().equalsIgnoreCase(method)).findFirst();
    Map<String, Object> responses =
        operation
            .map(o -> map(o.definition().get("responses")))
            .orElseGet(() -> unmatched(atPath.isEmpty() ? "404" : "405"));
    Object response = responses.get(Integer.toString(status));
    return Optional.ofNullable(response).map(document::resolve);
  }

  private Map<String, Object> unmatched(String status) {
    return Map.of(status, map(document.root().get("x-unmatched-responses")).get(status));
  }

  /** What any request may be answered whose head is at fault. */
  private Optional<Map<String, Object>> ofAny(int status, byte[] body) {
    Object response = map(document.root().get("x-any-responses")).get(Integer.toString(status));
    return ABOUT_HEAD.matcher(new String(body, StandardCharsets.UTF_8)).find()
        ? Optional.ofNullable(response).map(document::resolve)
        : Optional.empty();
  }

  private static boolean matches(String template, String path) {
    String[] expected = template.split("/", -1);
    String[] actual = path.split("/", -1);
    boolean matches = expected.length == actual.length;
    for (int i = 0; matches && i < expected.length; i++) {
      matches = expected[i].startsWith("{") ? !actual[i].isEmpty() : expected[i].equals(actual[i]);
    }
    return matches;
  }
}
