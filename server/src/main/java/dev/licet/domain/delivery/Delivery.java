package dev.licet.domain.delivery;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event for a webhook.
 *
 * @param no its number inside the database
 * @param id {@code dlv_...}
 * @param webhookId {@code whk_...}
 * @param eventId {@code evt_...}, which all its attempts carry
 * @param type of the event
 * @param dueAt when it is tried next, at the latest; {@code null} when it is not tried any more
 * @param finishedAt when it succeeded or failed for good
 * @param attempts the last ones, oldest first
 */
public record Delivery(
    long no,
    String id,
    String webhookId,
    String eventId,
    String type,
    DeliveryStatus status,
    @Nullable Instant dueAt,
    Instant createdAt,
    @Nullable Instant finishedAt,
    List<Attempt> attempts) {
  /** How many attempts are shown; all that a schedule has, twice. */
  public static final int SHOWN_ATTEMPTS = 20;

  /** The same with its last attempts. */
  public Delivery with(List<Attempt> lastAttempts) {
    return new Delivery(
        no,
        id,
        webhookId,
        eventId,
        type,
        status,
        dueAt,
        createdAt,
        finishedAt,
        List.copyOf(lastAttempts));
  }
}
