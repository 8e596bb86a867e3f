package dev.licet.domain.license;

import java.util.Locale;
import java.util.Optional;

/** From when a licence's duration counts. */
public enum ExpiresFrom {
  CREATION,
  FIRST_VALIDATION;

  /** As the API and the database write it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<ExpiresFrom> of(String text) {
    for (ExpiresFrom value : values()) {
      if (value.text().equals(text)) {
        return Optional.of(value);
      }
    }
    return Optional.empty();
  }
}
