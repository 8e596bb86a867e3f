package dev.licet.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** What an endpoint answers. */
public record Response(int status, Map<String, String> headers, byte[] body) {
  static final String JSON = "application/json";
  static final String PROBLEM = "application/problem+json";

  private static final byte[] EMPTY = new byte[0];

  public static Response of(int status, String contentType, byte[] body) {
    return new Response(status, Map.of("Content-Type", contentType), body);
  }

  public static Response json(int status, JsonNode body) {
    return of(status, JSON, Json.bytes(body));
  }

  public static Response noContent() {
    return new Response(204, Map.of(), EMPTY);
  }

  /** The same with one header more. */
  public Response with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Response(status, more, body);
  }
}
