package dev.licet.domain.account;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an account may use.
 *
 * @param maxLicenses live licences that are active or suspended and not over; {@code null} is
 *     unlimited
 * @param maxValidationsPerMonth recorded validations in a calendar month, UTC; {@code null} is
 *     unlimited
 * @param overQuota what becomes of validations beyond that
 */
public record Quota(
    @Nullable Integer maxLicenses, @Nullable Long maxValidationsPerMonth, OverQuota overQuota) {
  public static final Quota UNLIMITED = new Quota(null, null, OverQuota.REFUSE);
  public static final Quota FREE = new Quota(5, 500L, OverQuota.REFUSE);

  /** Quotas by the names by which operators ask for them. */
  public static final Map<String, Quota> PRESETS = Map.of("free", FREE, "unlimited", UNLIMITED);

  /** Licences in test mode that an account may have, whatever its quota. */
  public static final int MAX_TEST_LICENSES = 1_000;

  /** What becomes of validations beyond the quota. */
  public enum OverQuota {
    REFUSE,
    ALLOW;

    /** As the API and the database write it. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<OverQuota> of(String text) {
      for (OverQuota value : values()) {
        if (value.text().equals(text)) {
          return Optional.of(value);
        }
      }
      return Optional.empty();
    }
  }
}
