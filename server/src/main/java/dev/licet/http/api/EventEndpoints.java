package dev.licet.http.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.licet.domain.Page;
import dev.licet.domain.Tenant;
import dev.licet.domain.event.EventFilter;
import dev.licet.domain.event.EventPosition;
import dev.licet.domain.event.EventStreams;
import dev.licet.domain.event.EventType;
import dev.licet.domain.event.Events;
import dev.licet.domain.event.RecordedEvent;
import dev.licet.domain.id.Ids;
import dev.licet.http.ProblemCode;
import dev.licet.http.ProblemException;
import dev.licet.http.Query;
import dev.licet.http.Request;
import dev.licet.http.Response;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What happened, as a list, one by one, and as it happens. */
public final class EventEndpoints {
  /** What may wait for a client that does not read. */
  private static final int QUEUE_BYTES = 256 * 1024;

  private static final String LAST_EVENT_ID = "Last-Event-ID";

  private final Events events;
  private final EventStreams streams;

  public EventEndpoints(Events events, EventStreams streams) {
    this.events = events;
    this.streams = streams;
  }

  /** {@code GET /events}: newest first. */
  public Response list(Request request) {
    Query query = request.query();
    Set<EventType> types = types(query);
    String license = query.text("license");
    Instant from = query.time("from");
    Instant to = query.time("to");
    int limit = query.limit();
    String startingAfter = query.cursor();
    query.finish();
    EventFilter filter = new EventFilter(types, license, from, to);
    Page<RecordedEvent> page = events.list(request.caller().tenant(), filter, limit, startingAfter);
    return Response.json(200, LicenseJson.page(page, EventEndpoints::json));
  }

  /** {@code GET /events/{id}}. */
  public Response get(Request request) {
    request.query().finish();
    RecordedEvent event = events.get(request.caller().tenant(), request.path("id"));
    return Response.of(200, "application/json", event.envelope());
  }

  /** {@code GET /events/stream}: as they happen, until the client has enough. */
  public Response stream(Request request) {
    Query query = request.query();
    EventFilter filter = new EventFilter(types(query), query.text("license"), null, null);
    String fromQuery =
        query.value("last_event_id", EventEndpoints::eventId, "must be the id of an event");
    String header = request.header(LAST_EVENT_ID);
    if (header != null && !header.isEmpty() && eventId(header).isEmpty()) {
      query.wrong("last_event_id", "must be the id of an event, in " + LAST_EVENT_ID + " too");
    }
    query.finish();
    // A browser that reconnects sends the header, and the query that it began with.
    String lastSeen = header == null || header.isEmpty() ? fromQuery : header;
    Tenant tenant = request.caller().tenant();
    if (!streams.hasRoom(tenant.accountNo())) {
      throw new ProblemException(
          ProblemCode.RATE_LIMITED,
          "As many streams are open as may be: an account has at most "
              + EventStreams.MAX_PER_ACCOUNT
              + " on a server.",
          List.of(),
          Map.of("Retry-After", "15"));
    }
    EventPosition start = events.position(tenant, lastSeen);
    return Response.streamed(
            "text/event-stream; charset=utf-8",
            new Response.Streamed(
                out -> streams.follow(tenant, start, new EventStream(out, filter, request)),
                QUEUE_BYTES))
        .with("X-Accel-Buffering", "no");
  }

  private static @Nullable Set<EventType> types(Query query) {
    return query.value(
        "types",
        EventEndpoints::readTypes,
        "must be types of events, separated by commas: * and such as license.* are taken");
  }

  private static Optional<Set<EventType>> readTypes(String text) {
    Set<EventType> types = EnumSet.noneOf(EventType.class);
    for (String pattern : text.split(",", -1)) {
      Set<EventType> matching = EventType.matching(pattern.strip());
      if (matching.isEmpty()) {
        return Optional.empty();
      }
      types.addAll(matching);
    }
    return Optional.of(types);
  }

  private static Optional<String> eventId(String text) {
    return Ids.isId(Ids.EVENT, text) ? Optional.of(text) : Optional.empty();
  }

  static JsonNode json(RecordedEvent event) {
    return JsonNodeFactory.instance.rawValueNode(new RawValue(new String(event.envelope(), UTF_8)));
  }
}
