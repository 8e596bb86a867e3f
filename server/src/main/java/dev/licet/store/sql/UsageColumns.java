package dev.licet.store.sql;

import dev.licet.domain.usage.Outcome;

/** The columns of {@code license_usage} that count. */
final class UsageColumns {
  private UsageColumns() {}

  static String of(Outcome outcome) {
    return switch (outcome) {
      case VALID -> "validations";
      case REVOKED -> "revoked";
      case SUSPENDED -> "suspended";
      case EXPIRED -> "expired";
      case DOMAIN_INVALID -> "domain_invalid";
      case DEVICE_LIMIT -> "device_limit";
      case DOMAIN_LIMIT -> "domain_limit";
      case QUOTA_EXCEEDED -> "quota_exceeded";
    };
  }
}
