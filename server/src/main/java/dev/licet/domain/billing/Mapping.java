package dev.licet.domain.billing;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is issued for something that is sold.
 *
 * @param id the provider's id of a price, product or variant
 * @param plan the name of a plan
 * @param product the name of a product; {@code null} for the default one
 * @param quantity what the quantity of an order line means
 */
public record Mapping(String id, String plan, @Nullable String product, QuantityRule quantity) {
  /** What a quantity means. */
  public enum QuantityRule {
    /** One licence with so many seats. */
    SEATS,
    /** So many licences. */
    LICENSES;

    /** As the API and the database write it. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<QuantityRule> of(String text) {
      for (QuantityRule value : values()) {
        if (value.text().equals(text)) {
          return Optional.of(value);
        }
      }
      return Optional.empty();
    }
  }
}
