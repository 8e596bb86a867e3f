package dev.licet.domain.usage;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a history to read.
 *
 * @param from at or after this moment
 * @param to before this moment
 * @param valid only valid ones, only refused ones, or ({@code null}) both
 * @param limit rows at most
 * @param after the record after which to go on; its time and id
 */
public record UsageQuery(
    @Nullable Instant from,
    @Nullable Instant to,
    @Nullable Boolean valid,
    int limit,
    @Nullable Position after) {
  /** Where a page ended. */
  public record Position(Instant at, long eventId) {}
}
