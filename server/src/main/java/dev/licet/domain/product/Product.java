package dev.licet.domain.product;

import java.time.Instant;

/**
 * A piece of software that licences are sold for.
 *
 * @param no its number inside the database
 * @param name unique in the account; 1 to 64 of {@code a-z0-9_-}
 * @param keyPrefix what new keys begin with: 2 to 8 of {@code A-Z0-9}, the first a letter
 * @param keyGroups groups of four symbols in new keys, 4 to 7
 * @param requireProduct whether a validation must name the product
 */
public record Product(
    long no,
    String name,
    String keyPrefix,
    int keyGroups,
    boolean requireProduct,
    Instant createdAt,
    Instant updatedAt) {
  /** The product that every account has. */
  public static final String DEFAULT_NAME = "default";

  /** What keys begin with unless a product says otherwise. */
  public static final String DEFAULT_KEY_PREFIX = "TO";

  /** How many groups keys have unless a product says otherwise. */
  public static final int DEFAULT_KEY_GROUPS = 4;

  /** A product that says nothing special. */
  public static Product plain(String name, Instant now) {
    return new Product(0, name, DEFAULT_KEY_PREFIX, DEFAULT_KEY_GROUPS, false, now, now);
  }
}
