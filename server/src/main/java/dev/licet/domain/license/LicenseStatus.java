package dev.licet.domain.license;

import java.util.Locale;
import java.util.Optional;

/** Where a licence stands. */
public enum LicenseStatus {
  ACTIVE,
  SUSPENDED,
  EXPIRED,
  REVOKED;

  /** As the API and the database write it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<LicenseStatus> of(String text) {
    for (LicenseStatus status : values()) {
      if (status.text().equals(text)) {
        return Optional.of(status);
      }
    }
    return Optional.empty();
  }
}
