package dev.licet.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an endpoint answers. Does not change, and can be sent more than once. */
public final class Response {
  static final String JSON = "application/json";
  static final String PROBLEM = "application/problem+json";

  private static final Buffer EMPTY = wrap(Unpooled.EMPTY_BUFFER);

  private final int status;
  private final @Nullable String contentType;
  private final Map<String, String> headers;
  private final Buffer body;
  private final @Nullable Streamed streamed;

  private Response(
      int status, @Nullable String contentType, Map<String, String> headers, Buffer body) {
    this(status, contentType, headers, body, null);
  }

  private Response(
      int status,
      @Nullable String contentType,
      Map<String, String> headers,
      Buffer body,
      @Nullable Streamed streamed) {
    this.status = status;
    this.contentType = contentType;
    this.headers = headers;
    this.body = body;
    this.streamed = streamed;
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

  /** An answer of 200 whose body is written bit by bit; it can be sent once. */
  public static Response streamed(String contentType, Streamed body) {
    return new Response(200, contentType, Map.of(), EMPTY, body);
  }

  /** An answer with a body, which is not to be changed any more. */
  public static Response of(int status, String contentType, byte[] body) {
    return new Response(status, contentType, Map.of(), wrap(Unpooled.wrappedBuffer(body)));
  }

  /**
   * An answer that is kept and sent again and again. Its body stands once outside the heap, where
   * the network takes it from: no client, however slow, has a copy of its own.
   */
  public static Response kept(int status, String contentType, byte[] body) {
    ByteBuf direct = Unpooled.directBuffer(body.length, body.length).writeBytes(body);
    return new Response(status, contentType, Map.of(), wrap(direct.asReadOnly()));
  }

  public static Response json(int status, JsonNode body) {
    return of(status, JSON, Json.bytes(body));
  }

  public static Response noContent() {
    return new Response(204, null, Map.of(), EMPTY);
  }

  /** An answer that was given before. */
  static Response again(
      int status, @Nullable String contentType, Map<String, String> headers, byte[] body) {
    return new Response(status, contentType, headers, wrap(Unpooled.wrappedBuffer(body)));
  }

  /** The same with one header more. */
  public Response with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Response(status, contentType, more, body, streamed);
  }

  int status() {
    return status;
  }

  @Nullable String contentType() {
    return contentType;
  }

  /** The headers beside the type of the content. */
  Map<String, String> headers() {
    return headers;
  }

  Buffer body() {
    return body;
  }

  /** What writes the body in its place; {@code null} for most. */
  @Nullable Streamed streamed() {
    return streamed;
  }

  private static Buffer wrap(ByteBuf bytes) {
    return BufferInternal.buffer(bytes);
  }
}
