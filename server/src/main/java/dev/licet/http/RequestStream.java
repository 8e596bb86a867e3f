package dev.licet.http;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A body as it arrives, for one thread that may block. The client is asked for more only as what
 * came is read, so that a few buffers are held and no more.
 */
final class RequestStream extends InputStream {
  /** Buffers of up to 64 KB that may wait to be read. */
  private static final int AHEAD = 4;

  private static final byte[] EMPTY = new byte[0];

  /** Stands after the last buffer. */
  private record End() {}

  private final HttpServerRequest request;
  private final Context context;
  private final long maxBytes;

  /** Buffers, at last {@link End} or what broke the connection. */
  private final BlockingQueue<Object> arrived = new LinkedBlockingQueue<>();

  private byte[] current = EMPTY;
  private int position;
  private long total;
  private boolean ended;

  private RequestStream(HttpServerRequest request, Context context, long maxBytes) {
    this.request = request;
    this.context = context;
    this.maxBytes = maxBytes;
  }

  /** The body of a request that nothing was read of yet; to be called on its event loop. */
  static RequestStream of(HttpServerRequest request, Context context, long maxBytes) {
    RequestStream stream = new RequestStream(request, context, maxBytes);
    request.pause();
    request.handler(stream.arrived::add);
    request.endHandler(ignored -> stream.arrived.add(new End()));
    request.exceptionHandler(stream.arrived::add);
    request.fetch(AHEAD);
    return stream;
  }

  @Override
  public int read() throws IOException {
    return fill() ? current[position++] & 0xff : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int count = Math.min(length, current.length - position);
    System.arraycopy(current, position, target, offset, count);
    position += count;
    return count;
  }

  /** Waits until there is something to read; false at the end. */
  private boolean fill() throws IOException {
    while (position == current.length) {
      if (ended) {
        return false;
      }
      Object next = take();
      if (next instanceof End) {
        ended = true;
      } else if (next instanceof Buffer buffer) {
        current = buffer.getBytes();
        position = 0;
        total += current.length;
        if (total > maxBytes) {
          throw new BodyTooLargeException(maxBytes);
        }
        context.runOnContext(ignored -> request.fetch(1));
      } else {
        throw new IOException("the client is gone", (Throwable) next);
      }
    }
    return true;
  }

  private Object take() throws IOException {
    try {
      Object next = arrived.poll(HttpLimits.IDLE_SECONDS, TimeUnit.SECONDS);
      if (next == null) {
        throw new IOException("the client sends nothing");
      }
      return next;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while a body arrives", e);
    }
  }
}
