package dev.licet.domain.event;

import dev.licet.domain.activation.Seat;
import dev.licet.domain.license.License;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a licence.
 *
 * @param id {@code evt_...}
 * @param license the licence after it
 * @param previous the licence before it; {@code null} for a new one
 * @param seat the seat that it is about, if it is about one
 * @param reason what the one who did it gave as a reason
 */
public record Event(
    String id,
    EventType type,
    Instant at,
    License license,
    @Nullable License previous,
    @Nullable Seat seat,
    @Nullable String reason,
    Actor actor) {}
