package dev.licet.store.sql;

import dev.licet.domain.usage.Outcome;
import java.util.Arrays;
import java.util.List;

/** The columns of {@code license_usage} that count. */
public final class UsageColumns {
  private UsageColumns() {}

  /** Those of all outcomes, in the order of their numbers. */
  public static List<String> all() {
    return Arrays.stream(Outcome.values()).map(UsageColumns::of).toList();
  }

  static String of(Outcome outcome) {
    return switch (outcome) {
      case VALID -> "validations";
      case REVOKED -> "revoked";
      case SUSPENDED -> "suspended";
      case EXPIRED -> "expired";
      case DOMAIN_INVALID -> "domain_invalid";
      case DEVICE_LIMIT -> "device_limit";
      case DOMAIN_LIMIT -> "domain_limit";
      case PRODUCT_MISMATCH -> "product_mismatch";
      case VERSION_NOT_ALLOWED -> "version_not_allowed";
      case IP_NOT_ALLOWED -> "ip_not_allowed";
      case DOMAIN_REQUIRED -> "domain_required";
      case FINGERPRINT_REQUIRED -> "fingerprint_required";
    };
  }
}
