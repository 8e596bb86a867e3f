package dev.licet.http;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * An answer's body as it is written, by one thread that may block: it waits while the client has
 * not taken what was written before.
 */
final class ResponseStream extends OutputStream {
  private static final int CHUNK = 16 * 1024;

  private final HttpServerResponse response;
  private final Context context;

  /** Bytes that may still be written before the client takes some. */
  private final Semaphore room;

  private final byte[] chunk = new byte[CHUNK];
  private int length;
  private volatile boolean broken;

  /**
   * @param queueBytes what may wait for the client, at least one chunk of 16 KB
   */
  ResponseStream(HttpServerResponse response, Context context, int queueBytes) {
    this.response = response;
    this.context = context;
    this.room = new Semaphore(Math.max(CHUNK, queueBytes));
    context.runOnContext(ignored -> response.closeHandler(closed -> breakOff()));
  }

  /** What is broken off, since the client went away. */
  static final class ClientGoneException extends IOException {
    private static final long serialVersionUID = 1L;

    private ClientGoneException() {
      super("the client is gone");
    }
  }

  private void breakOff() {
    broken = true;
    room.release(CHUNK); // whoever waits for room looks again
  }

  @Override
  public void write(int octet) throws IOException {
    if (length == CHUNK) {
      flush();
    }
    chunk[length++] = (byte) octet;
  }

  @Override
  public void write(byte[] source, int offset, int count) throws IOException {
    Objects.checkFromIndexSize(offset, count, source.length);
    int from = offset;
    int rest = count;
    while (rest > 0) {
      if (length == CHUNK) {
        flush();
      }
      int part = Math.min(rest, CHUNK - length);
      System.arraycopy(source, from, chunk, length, part);
      length += part;
      from += part;
      rest -= part;
    }
  }

  /**
   * Sends what was written so far.
   *
   * @throws ClientGoneException when the client is gone, also if there is nothing to send
   */
  @Override
  public void flush() throws IOException {
    requireClient();
    if (length == 0) {
      return;
    }
    int size = length;
    Buffer buffer = Buffer.buffer(Arrays.copyOf(chunk, size));
    length = 0;
    awaitRoom(size);
    context.runOnContext(ignored ->
        response
            .write(buffer)
            .onComplete(written -> {
              broken |= written.failed();
              room.release(size);
            }));
  }

  private void awaitRoom(int size) throws IOException {
    try {
      if (!room.tryAcquire(size, HttpLimits.IDLE_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException("the client does not read");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while a client reads", e);
    }
    requireClient();
  }

  private void requireClient() throws ClientGoneException {
    if (broken) {
      throw new ClientGoneException();
    }
  }
}
