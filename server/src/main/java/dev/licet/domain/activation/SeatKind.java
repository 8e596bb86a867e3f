package dev.licet.domain.activation;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a seat is taken by. */
public enum SeatKind {
  DOMAIN,
  DEVICE;

  /**
   * Seats of a kind that a licence has at most, also when they are unlimited: a snapshot holds them
   * all in memory.
   */
  public static final int MAX_SEATS = 10_000;

  /**
   * How many seats a limit lets a licence have.
   *
   * @param limit {@code null} for unlimited
   */
  public static int capacity(@Nullable Integer limit) {
    return limit == null ? MAX_SEATS : Math.min(limit, MAX_SEATS);
  }

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
