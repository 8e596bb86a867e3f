package dev.licet.domain.billing;

import java.util.Locale;
import java.util.Optional;

/** Who takes the money and tells of it. */
public enum Provider {
  STRIPE,
  PADDLE,
  LEMONSQUEEZY,
  /** Any other shop, whose messages are signed by Standard Webhooks. */
  GENERIC;

  /** As the API and the database write it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Provider> of(String text) {
    for (Provider value : values()) {
      if (value.text().equals(text)) {
        return Optional.of(value);
      }
    }
    return Optional.empty();
  }
}
