package dev.licet.domain.delivery;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One try to deliver an event.
 *
 * @param at when it began
 * @param status of the answer; {@code null} when there was none
 * @param answer how the answer begins; {@code null} when there was none
 * @param error a word for what went wrong, and a sentence; {@code null} when there was an answer
 */
public record Attempt(
    Instant at,
    @Nullable Integer status,
    Duration took,
    @Nullable String answer,
    @Nullable String error) {}
