package dev.licet.domain.counter;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a counter stands at a moment.
 *
 * @param used units of the present period; more than the limit when that was lowered since
 * @param remaining units; {@code null} is unlimited
 * @param resetsAt when it starts again from zero; {@code null} is not by itself
 */
public record CounterState(
    CounterRule rule, long used, @Nullable Long remaining, @Nullable Instant resetsAt) {}
