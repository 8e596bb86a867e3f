package dev.licet.domain.validation;

import org.jspecify.annotations.Nullable;

/** What is known of keys without asking the database each time. */
public interface Snapshots {
  /** What is known of a key at this moment. */
  sealed interface Known {
    /** No licence has this key. */
    record Unknown() implements Known {
      public static final Unknown INSTANCE = new Unknown();
    }

    /**
     * A licence has this key.
     *
     * @param stale whether the database is away, so that nobody knows whether that is still so
     */
    record Licensed(LicenseSnapshot license, RateGate gate, boolean stale) implements Known {
      /** Whether the key by which it was found opens it at a moment, not being retired. */
      boolean opensAt(long nowMillis) {
        return license.keyRetiresAt() > nowMillis;
      }
    }
  }

  /** What is known; {@code null} when the database must be asked. Never blocks. */
  @Nullable Known peek(String canonicalKey);

  /**
   * Whether a licence had this key when it was asked for last, lately: what is in memory may be out
   * of date, and the key is still none that somebody guesses. Never blocks.
   */
  boolean wasKnown(String canonicalKey);

  /**
   * Asks the database unless the answer is known. Blocks.
   *
   * @throws dev.licet.domain.StoreUnavailableException when the database does not answer
   */
  Known load(String canonicalKey);

  /**
   * Asks the database whatever is known: after an attempt to change it, which another node may have
   * won. Blocks.
   *
   * @throws dev.licet.domain.StoreUnavailableException when the database does not answer
   */
  Known reload(String canonicalKey);
}
