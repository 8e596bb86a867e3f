package dev.licet.domain.plan;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who may free the seats of a licence, and how often.
 *
 * @param perWeek how many seats applications may give back within seven days; {@code null} is any
 *     number
 */
public record SeatRelease(By by, @Nullable Integer perWeek) {
  /** Applications may give back whatever they have. */
  public static final SeatRelease FREE = new SeatRelease(By.ANYONE, null);

  /** The largest {@link #perWeek}. */
  public static final int MAX_PER_WEEK = 1_000;

  public SeatRelease {
    if (perWeek != null && (by == By.VENDOR || perWeek < 1 || perWeek > MAX_PER_WEEK)) {
      throw new IllegalArgumentException(by + " " + perWeek);
    }
  }

  /** Who may. */
  public enum By {
    /** The vendor alone. */
    VENDOR,
    /** Whoever has the key, too. */
    ANYONE;

    /** As the API and the database write it. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<By> of(String text) {
      for (By by : values()) {
        if (by.text().equals(text)) {
          return Optional.of(by);
        }
      }
      return Optional.empty();
    }
  }
}
