package dev.licet.domain.activation;

import java.util.Locale;
import java.util.Optional;

/** What a seat is taken by. */
public enum SeatKind {
  DOMAIN,
  DEVICE;

  /** As the API and the database write it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<SeatKind> of(String text) {
    for (SeatKind kind : values()) {
      if (kind.text().equals(text)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }
}
