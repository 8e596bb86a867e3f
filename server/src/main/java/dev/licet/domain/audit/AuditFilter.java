package dev.licet.domain.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of the log are wanted; what is {@code null} does not matter.
 *
 * @param from the earliest time
 * @param to the time before which they happened
 */
public record AuditFilter(
    @Nullable String actor,
    @Nullable String action,
    @Nullable String target,
    @Nullable Instant from,
    @Nullable Instant to) {}
