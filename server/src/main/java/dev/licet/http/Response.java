package dev.licet.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an endpoint answers.
 *
 * @param streamed writes the body in the place of {@code body}; {@code null} for most
 */
public record Response(
    int status, Map<String, String> headers, byte[] body, @Nullable Streamed streamed) {
  static final String JSON = "application/json";
  static final String PROBLEM = "application/problem+json";

  private static final byte[] EMPTY = new byte[0];

  public Response(int status, Map<String, String> headers, byte[] body) {
    this(status, headers, body, null);
  }

  /**
   * A body that is too large to be held.
   *
   * @param queueBytes what may wait for a client that does not read
   */
  public record Streamed(Writer writer, int queueBytes) {
    /**
     * Writes a body. Runs on a virtual thread and may block; an exception breaks the answer off.
     */
    @FunctionalInterface
    public interface Writer {
      void writeTo(OutputStream out) throws IOException;
    }
  }

  /** An answer of 200 whose body is written bit by bit. */
  public static Response streamed(String contentType, Streamed body) {
    return new Response(200, Map.of("Content-Type", contentType), EMPTY, body);
  }

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
    return new Response(status, more, body, streamed);
  }
}
