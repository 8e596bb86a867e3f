package dev.licet.domain.usage;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What use can be told apart by. */
public enum UsageDimension {
  DAY,
  HOUR,
  DOMAIN,
  DEVICE,
  COUNTRY,
  OUTCOME,
  PLAN,
  PRODUCT,
  LICENSE;

  /** Those that are told apart by names which only the licence's own sums know. */
  public static final Set<UsageDimension> OF_LICENSES = Set.of(DOMAIN, DEVICE, LICENSE);

  /** As the API writes it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  public boolean isTime() {
    return this == DAY || this == HOUR;
  }

  /** The dimension that the API writes so. */
  public static Optional<UsageDimension> of(String text) {
    for (UsageDimension dimension : values()) {
      if (dimension.text().equals(text)) {
        return Optional.of(dimension);
      }
    }
    return Optional.empty();
  }
}
