package dev.licet.webhook;

import dev.licet.domain.webhook.WebhookTransport;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * What a receiver answered.
 *
 * @param retryAfter the header, as it came
 * @param start the first bytes of the body
 */
record Answer(int status, @Nullable String retryAfter, byte[] start) {
  /** How much of an answer is read before the connection is closed. */
  private static final int MAX_READ = 65_536;

  /**
   * Reads an answer to its end, or as much of it as is read. To be called on the event loop, when
   * the head is there.
   */
  static Future<Answer> read(HttpClientResponse response) {
    Promise<Answer> answer = Promise.promise();
    Body body = new Body();
    response.exceptionHandler(answer::tryFail);
    response.endHandler(ignored -> answer.tryComplete(of(response, body)));
    response.handler(buffer -> {
      body.add(buffer);
      if (body.length > MAX_READ) {
        answer.tryComplete(of(response, body));
        response.request().connection().close();
      }
    });
    return answer.future();
  }

  private static Answer of(HttpClientResponse response, Body body) {
    return new Answer(
        response.statusCode(), response.getHeader("retry-after"), body.start.toByteArray());
  }

  /** How long a body is so far, and its start. */
  private static final class Body {
    final ByteArrayOutputStream start = new ByteArrayOutputStream();
    long length;

    void add(Buffer part) {
      int room = WebhookTransport.KEPT_BYTES - start.size();
      if (room > 0) {
        start.writeBytes(part.getBytes(0, Math.min(room, part.length())));
      }
      length += part.length();
    }
  }
}
