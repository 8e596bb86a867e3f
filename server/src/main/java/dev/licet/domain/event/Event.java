package dev.licet.domain.event;

import dev.licet.domain.Tenant;
import dev.licet.domain.activation.Seat;
import dev.licet.domain.license.License;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened, to a licence or to something else that an account has.
 *
 * @param id {@code evt_...}
 * @param license the licence after it; {@code null} when it is about something else
 * @param previous the licence before it; {@code null} for a new one
 * @param seat the seat that it is about, if it is about one
 * @param details what else there is to tell, by names of the API: texts, numbers, truth values, and
 *     lists and maps of such. No secrets: they are shown to everyone who may see the event
 * @param reason what the one who did it gave as a reason
 */
public record Event(
    String id,
    EventType type,
    Instant at,
    Tenant tenant,
    @Nullable License license,
    @Nullable License previous,
    @Nullable Seat seat,
    Map<String, ?> details,
    @Nullable String reason,
    Actor actor) {

  /** An event of a licence that has no details. */
  public Event(
      String id,
      EventType type,
      Instant at,
      License license,
      @Nullable License previous,
      @Nullable Seat seat,
      @Nullable String reason,
      Actor actor) {
    this(id, type, at, license.tenant(), license, previous, seat, Map.of(), reason, actor);
  }

  /** What the server noticed about a licence that did not change. */
  public static Event notice(
      String id, EventType type, Instant at, License license, Map<String, ?> details, Actor actor) {
    return new Event(id, type, at, license.tenant(), license, null, null, details, null, actor);
  }

  /** An event that is about no licence. */
  public static Event ofTenant(
      String id,
      EventType type,
      Instant at,
      Tenant tenant,
      Map<String, ?> details,
      @Nullable String reason,
      Actor actor) {
    return new Event(id, type, at, tenant, null, null, null, details, reason, actor);
  }
}
