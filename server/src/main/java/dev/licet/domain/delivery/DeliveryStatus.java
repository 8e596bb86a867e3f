package dev.licet.domain.delivery;

import java.util.Locale;
import java.util.Optional;

/** Where a delivery stands. */
public enum DeliveryStatus {
  /** Not tried yet. */
  PENDING,
  /** Failed, and will be tried again. */
  RETRYING,
  SUCCEEDED,
  /** Failed for good. */
  FAILED;

  /** As the API and the database write it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<DeliveryStatus> of(String text) {
    for (DeliveryStatus status : values()) {
      if (status.text().equals(text)) {
        return Optional.of(status);
      }
    }
    return Optional.empty();
  }
}
