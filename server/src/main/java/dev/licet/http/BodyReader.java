package dev.licet.http;

import io.netty.buffer.ByteBuf;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Collects bodies within bounds, for one event loop: each has a greatest size, and all that came in
 * pieces share a budget of memory from their first piece until they are {@linkplain Body#release
 * released}. What is over a bound is refused before it is read.
 */
final class BodyReader {
  private static final byte[] EMPTY = new byte[0];

  /** Bytes that pieces may still take. */
  private int free;

  /**
   * @param budget bytes that all bodies in pieces may take together
   */
  BodyReader(int budget) {
    this.free = budget;
  }

  /** Reads a body; exactly one of the two is called, on the event loop, unless the client goes. */
  void read(
      HttpServerRequest request,
      int maxBytes,
      Consumer<Body> whenRead,
      Consumer<Response> whenRefused) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    if (!hasBody(request, length)) {
      whenRead.accept(new Body(0, 0, whenRead, whenRefused));
      return;
    }
    int announced = -1;
    if (length != null) {
      announced = length.length() > 9 ? Integer.MAX_VALUE : Integer.parseInt(length);
      if (announced > maxBytes) {
        whenRefused.accept(tooLarge(maxBytes));
        return;
      }
    }
    Body body = new Body(maxBytes, announced, whenRead, whenRefused);
    request.handler(body::chunk);
    request.endHandler(ignored -> body.end());
    request.exceptionHandler(ignored -> body.drop());
  }

  /** Whether a body follows the headers (RFC 9112, section 6). */
  static boolean hasBody(HttpServerRequest request) {
    return hasBody(request, request.getHeader(HttpHeaders.CONTENT_LENGTH));
  }

  private static boolean hasBody(HttpServerRequest request, @Nullable String length) {
    return length == null
        ? request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null
        : !length.equals("0");
  }

  private static Response tooLarge(int maxBytes) {
    return Problems.of(
        new ProblemException(
            ProblemCode.PAYLOAD_TOO_LARGE, "The body is larger than " + maxBytes + " bytes."));
  }

  /** Spares a copy where the buffer is exactly its array. */
  private static byte[] bytes(Buffer buffer) {
    ByteBuf inside = ((BufferInternal) buffer).unwrap();
    return inside.hasArray()
            && inside.arrayOffset() == 0
            && inside.array().length == inside.writerIndex()
        ? inside.array()
        : buffer.getBytes();
  }

  /** A body, under way or read. */
  final class Body {
    private final int maxBytes;
    private final int announced;
    private final Consumer<Body> whenRead;
    private final Consumer<Response> whenRefused;
    private @Nullable Buffer collected;
    private int charged;
    private boolean done;

    /**
     * @param announced bytes that are to come; -1 when that is not known
     */
    private Body(
        int maxBytes, int announced, Consumer<Body> whenRead, Consumer<Response> whenRefused) {
      this.maxBytes = maxBytes;
      this.announced = announced;
      this.whenRead = whenRead;
      this.whenRefused = whenRefused;
    }

    byte[] bytes() {
      return collected == null ? EMPTY : BodyReader.bytes(collected);
    }

    /** Gives back the memory, once the request is dealt with. */
    void release() {
      free += charged;
      charged = 0;
      collected = null;
    }

    private void chunk(Buffer chunk) {
      if (done) {
        return;
      }
      int length = collected == null ? chunk.length() : collected.length() + chunk.length();
      if (length > maxBytes) {
        refuse(tooLarge(maxBytes));
      } else if (length != announced && chunk.length() > free) {
        refuse(Problems.overloaded());
      } else if (collected == null) {
        charge(chunk.length() == announced ? 0 : chunk.length());
        collected = chunk;
      } else {
        charge(chunk.length());
        collected = collected.appendBuffer(chunk);
      }
    }

    private void charge(int bytes) {
      free -= bytes;
      charged += bytes;
    }

    private void end() {
      if (!done) {
        done = true;
        whenRead.accept(this);
      }
    }

    private void refuse(Response response) {
      drop();
      whenRefused.accept(response);
    }

    private void drop() {
      if (!done) {
        done = true;
        release();
      }
    }
  }
}
