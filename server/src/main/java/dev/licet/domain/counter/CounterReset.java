package dev.licet.domain.counter;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** When a counter starts again from zero by itself. */
public enum CounterReset {
  NEVER,
  /** With each calendar month, UTC. */
  MONTHLY;

  /** As the API and the database write it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<CounterReset> of(String text) {
    for (CounterReset value : values()) {
      if (value.text().equals(text)) {
        return Optional.of(value);
      }
    }
    return Optional.empty();
  }

  /** The number of the period that a moment lies in; later ones are higher. */
  public long period(Instant now) {
    return switch (this) {
      case NEVER -> 0;
      case MONTHLY -> month(now).getLong(ChronoField.PROLEPTIC_MONTH);
    };
  }

  /** The first moment of the next period; {@code null} when there is none. */
  public @Nullable Instant next(Instant now) {
    return switch (this) {
      case NEVER -> null;
      case MONTHLY -> month(now).plusMonths(1).atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
    };
  }

  private static YearMonth month(Instant now) {
    return YearMonth.from(OffsetDateTime.ofInstant(now, ZoneOffset.UTC));
  }
}
