package dev.licet.domain.billing;

import java.util.Locale;
import java.util.Optional;

/** How a subscription stands. Of two at the same moment the later in this order counts. */
public enum Standing {
  /** Nothing is to be paid yet. */
  TRIAL,
  /** A payment failed, and may yet come. */
  PAST_DUE,
  GOOD,
  PAUSED,
  /** It is over. */
  ENDED;

  /** As the database writes it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Standing> of(String text) {
    for (Standing value : values()) {
      if (value.text().equals(text)) {
        return Optional.of(value);
      }
    }
    return Optional.empty();
  }

  boolean isGood() {
    return this == TRIAL || this == GOOD;
  }
}
