package dev.licet.http;

import io.vertx.core.Future;
import io.vertx.core.http.HttpConnection;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The answers of one event loop that their clients have not taken. They are bounded: many who ask
 * for much and read nothing would else fill the memory that all connections share. Who keeps an
 * answer waiting for longest has to make room.
 */
final class UnsentAnswers {
  private final long maxBytes;
  private final Set<Answer> waiting = new LinkedHashSet<>();
  private long bytes;

  UnsentAnswers(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** One answer; each is itself alone. */
  private static final class Answer {
    private final HttpConnection to;
    private final int size;

    private Answer(HttpConnection to, int size) {
      this.to = to;
      this.size = size;
    }
  }

  /**
   * Counts an answer until it is on its way, or the connection is gone.
   *
   * @param sent ends on the event loop
   */
  void add(HttpConnection to, int size, Future<Void> sent) {
    Answer answer = new Answer(to, size);
    waiting.add(answer);
    bytes += size;
    sent.onComplete(ignored -> forget(answer));
    while (bytes > maxBytes) {
      Answer eldest = waiting.iterator().next();
      forget(eldest);
      Connections.cut(eldest.to);
    }
  }

  private void forget(Answer answer) {
    if (waiting.remove(answer)) {
      bytes -= answer.size;
    }
  }
}
