package dev.licet.domain.billing;

import dev.licet.domain.Tenant;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An event that a provider sent.
 *
 * @param no its number inside the database
 * @param id {@code cke_...}
 * @param providerId what tells it from others of the connection
 * @param type as the provider names it
 * @param reason why it is unresolved
 * @param occurredAt the provider's time; {@code null} when it is not known
 * @param appliedAt when its status was last decided
 * @param orderNo the order that it is about
 * @param faults how often it was tried in vain
 * @param dueAt when it is to be applied; {@code null}: not any more
 */
public record CheckoutEvent(
    long no,
    String id,
    Tenant tenant,
    long connectionNo,
    String connectionId,
    String providerId,
    String type,
    Status status,
    @Nullable String reason,
    @Nullable Instant occurredAt,
    Instant receivedAt,
    @Nullable Instant appliedAt,
    @Nullable Long orderNo,
    int faults,
    @Nullable Instant dueAt) {
  /** What came of an event. */
  public enum Status {
    /** It is stored and will be applied. */
    PENDING,
    APPLIED,
    /** It maps to nothing until something is mended. */
    UNRESOLVED,
    /** It is about nothing that matters here. */
    IGNORED;

    /** As the API and the database write it. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Status> of(String text) {
      for (Status value : values()) {
        if (value.text().equals(text)) {
          return Optional.of(value);
        }
      }
      return Optional.empty();
    }
  }

  /** The event with what came of it. */
  CheckoutEvent decided(
      Status newStatus,
      @Nullable String newReason,
      @Nullable Instant occurred,
      @Nullable Long order,
      Instant now) {
    return new CheckoutEvent(
        no,
        id,
        tenant,
        connectionNo,
        connectionId,
        providerId,
        type,
        newStatus,
        newReason,
        occurred,
        receivedAt,
        now,
        order,
        faults,
        null);
  }

  /** The event after a fault, to be tried again. */
  CheckoutEvent postponed(Instant due) {
    return new CheckoutEvent(
        no,
        id,
        tenant,
        connectionNo,
        connectionId,
        providerId,
        type,
        Status.PENDING,
        reason,
        occurredAt,
        receivedAt,
        appliedAt,
        orderNo,
        faults + 1,
        due);
  }
}
