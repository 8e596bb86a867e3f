package dev.licet.domain.webhook;

import java.util.Locale;
import java.util.Optional;

/** Why the server gave a webhook up. */
public enum DisabledReason {
  /** It answered 410 Gone. */
  GONE("The receiver answered 410 Gone."),
  /** Nothing but failures for days. */
  FAILING("All attempts of the last five days failed.");

  private final String sentence;

  DisabledReason(String sentence) {
    this.sentence = sentence;
  }

  /** As the API and the database write it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** For people. */
  public String sentence() {
    return sentence;
  }

  public static Optional<DisabledReason> of(String text) {
    for (DisabledReason reason : values()) {
      if (reason.text().equals(text)) {
        return Optional.of(reason);
      }
    }
    return Optional.empty();
  }
}
