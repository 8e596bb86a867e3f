package dev.licet.domain.usage;

import dev.licet.core.ValidationCode;
import org.jspecify.annotations.Nullable;

/**
 * How a validation of a known licence ended, as the journal stores it.
 *
 * <p>The numbers are stored: they are never reused.
 */
public enum Outcome {
  VALID(0, null),
  REVOKED(1, ValidationCode.LICENSE_REVOKED),
  SUSPENDED(2, ValidationCode.LICENSE_SUSPENDED),
  EXPIRED(3, ValidationCode.LICENSE_EXPIRED),
  DOMAIN_INVALID(4, ValidationCode.DOMAIN_INVALID),
  DEVICE_LIMIT(5, ValidationCode.DEVICE_LIMIT_REACHED),
  DOMAIN_LIMIT(6, ValidationCode.DOMAIN_LIMIT_REACHED),
  PRODUCT_MISMATCH(7, ValidationCode.PRODUCT_MISMATCH),
  VERSION_NOT_ALLOWED(8, ValidationCode.VERSION_NOT_ALLOWED),
  IP_NOT_ALLOWED(9, ValidationCode.IP_NOT_ALLOWED),
  DOMAIN_REQUIRED(10, ValidationCode.DOMAIN_REQUIRED),
  FINGERPRINT_REQUIRED(11, ValidationCode.FINGERPRINT_REQUIRED),
  /** Does not count against the quota itself. */
  QUOTA_EXCEEDED(12, ValidationCode.QUOTA_EXCEEDED);

  private static final Outcome[] BY_NUMBER = values();

  private final int number;
  private final @Nullable ValidationCode code;

  Outcome(int number, @Nullable ValidationCode code) {
    this.number = number;
    this.code = code;
  }

  /** What stands in the database. */
  public int number() {
    return number;
  }

  /** The code of a refusal; {@code null} for {@link #VALID}. */
  public @Nullable ValidationCode code() {
    return code;
  }

  public static Outcome of(int number) {
    return BY_NUMBER[number];
  }

  /** The outcome that a refusal is recorded as. */
  public static Outcome of(ValidationCode code) {
    for (Outcome outcome : BY_NUMBER) {
      if (outcome.code == code) {
        return outcome;
      }
    }
    throw new IllegalArgumentException(code + " is not recorded");
  }
}
