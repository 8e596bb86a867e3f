package dev.licet.domain.delivery;

import dev.licet.domain.event.EventType;
import org.jspecify.annotations.Nullable;

/**
 * Which deliveries a list shows; a {@code null} part lets all pass.
 *
 * @param webhookId {@code whk_...}
 */
public record DeliveryFilter(
    @Nullable String webhookId, @Nullable DeliveryStatus status, @Nullable EventType type) {}
