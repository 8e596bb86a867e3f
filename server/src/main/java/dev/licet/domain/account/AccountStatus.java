package dev.licet.domain.account;

import java.util.Locale;
import java.util.Optional;

/** Where an account stands. */
public enum AccountStatus {
  ACTIVE,
  /** Its API keys and its licences are refused until it is active again. */
  SUSPENDED,
  /** As suspended, and its rows go when the time of grace is over. */
  DELETED;

  /** As the API and the database write it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<AccountStatus> of(String text) {
    for (AccountStatus status : values()) {
      if (status.text().equals(text)) {
        return Optional.of(status);
      }
    }
    return Optional.empty();
  }
}
