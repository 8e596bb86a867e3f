package dev.licet.http;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Collects bodies within bounds of size and time, for one event loop. A larger one is refused
 * before it is read; the connection of a slower one is closed.
 */
final class BodyReader {
  private static final byte[] EMPTY = new byte[0];
  private static final long SWEEP_MILLIS = 1_000;

  /**
   * Bodies under way, oldest first. One sweep a second costs less than a timer for each request.
   */
  private final Set<Body> open = new LinkedHashSet<>();

  BodyReader(Vertx vertx) {
    vertx.setPeriodic(SWEEP_MILLIS, ignored -> closeSlow());
  }

  /** Reads a body; exactly one of the two is called, on the event loop, unless the client goes. */
  void read(
      HttpServerRequest request,
      int maxBytes,
      Consumer<byte[]> whenRead,
      Consumer<Response> whenRefused) {
    String length = request.getHeader("Content-Length");
    if (!hasBody(request)) {
      whenRead.accept(EMPTY);
    } else if (length != null && (length.length() > 9 || Integer.parseInt(length) > maxBytes)) {
      whenRefused.accept(tooLarge(maxBytes));
    } else {
      open.add(new Body(request, maxBytes, whenRead, whenRefused));
    }
  }

  /** Whether a body follows the headers (RFC 9112, section 6). */
  static boolean hasBody(HttpServerRequest request) {
    String length = request.getHeader("Content-Length");
    return length == null ? request.getHeader("Transfer-Encoding") != null : !length.equals("0");
  }

  private void closeSlow() {
    long now = System.nanoTime();
    for (Body body : List.copyOf(open)) {
      if (now - body.startNanos < HttpLimits.BODY_NANOS) {
        return;
      }
      open.remove(body);
      body.request.connection().close();
    }
  }

  private static Response tooLarge(int maxBytes) {
    return Problems.of(
        new ProblemException(
            ProblemCode.PAYLOAD_TOO_LARGE, "The body is larger than " + maxBytes + " bytes."));
  }

  private final class Body {
    private final HttpServerRequest request;
    private final int maxBytes;
    private final Consumer<byte[]> whenRead;
    private final Consumer<Response> whenRefused;
    private final long startNanos = System.nanoTime();
    private Buffer collected = Buffer.buffer(0);

    Body(
        HttpServerRequest request,
        int maxBytes,
        Consumer<byte[]> whenRead,
        Consumer<Response> whenRefused) {
      this.request = request;
      this.maxBytes = maxBytes;
      this.whenRead = whenRead;
      this.whenRefused = whenRefused;
      request.handler(this::chunk);
      request.endHandler(ignored -> end());
      request.exceptionHandler(ignored -> open.remove(this));
    }

    private void chunk(Buffer chunk) {
      if (collected.length() + chunk.length() <= maxBytes) {
        collected = collected.length() == 0 ? chunk : collected.appendBuffer(chunk);
      } else if (open.remove(this)) {
        whenRefused.accept(tooLarge(maxBytes));
      }
    }

    private void end() {
      if (open.remove(this)) {
        whenRead.accept(collected.getBytes());
      }
    }
  }
}
