package dev.licet.http.api;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.licet.domain.event.EventFilter;
import dev.licet.domain.event.EventStreams;
import dev.licet.domain.event.RecordedEvent;
import dev.licet.http.Request;
import java.io.IOException;
import java.io.OutputStream;

/** Writes events as they happen, as server-sent events (HTML, section 9.2). */
final class EventStream implements EventStreams.Follower {
  private static final byte[] COMMENT = ":\n\n".getBytes(US_ASCII);
  private static final byte[] END = "\n\n".getBytes(US_ASCII);

  private static final long HEARTBEAT_NANOS = 15_000_000_000L;

  private final OutputStream out;
  private final EventFilter filter;
  private final Request request;
  private boolean begun;
  private long wroteAt;

  EventStream(OutputStream out, EventFilter filter, Request request) {
    this.out = out;
    this.filter = filter;
    this.request = request;
  }

  @Override
  public void take(RecordedEvent event) throws IOException {
    if (filter.admits(event)) {
      String head = "id: " + event.id() + "\nevent: " + event.type() + "\ndata: ";
      out.write(head.getBytes(US_ASCII));
      out.write(event.envelope());
      out.write(END);
      wroteAt = System.nanoTime();
    }
  }

  /** Sends what there is, and looks whether the client is there and may still see it. */
  @Override
  public boolean goesOn() throws IOException {
    long now = System.nanoTime();
    if (!begun || now - wroteAt >= HEARTBEAT_NANOS) {
      out.write(COMMENT); // at first, too: the client sees at once that it is connected
      begun = true;
      wroteAt = now;
    }
    out.flush();
    return request.isStillAdmitted();
  }
}
