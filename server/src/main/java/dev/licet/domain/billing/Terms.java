package dev.licet.domain.billing;

import java.util.Locale;
import java.util.Optional;

/**
 * What happens to licences when the money stops coming, or goes back.
 *
 * @param lapse what a subscription that lapses means
 * @param graceDays how long licences go on after what was paid for; 0 unless it is {@link
 *     LapseRule#GRACE}
 * @param refund what money that went back in full means, by refund or by a lost dispute
 */
public record Terms(LapseRule lapse, int graceDays, RefundRule refund) {
  /** What a subscription that lapses means. */
  public enum LapseRule {
    /** Suspended at once. */
    SUSPEND,
    /** Ends some days after what was paid for. */
    GRACE,
    /** Ends with what was paid for. */
    PERIOD_END;

    /** As the API and the database write it. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<LapseRule> of(String text) {
      for (LapseRule value : values()) {
        if (value.text().equals(text)) {
          return Optional.of(value);
        }
      }
      return Optional.empty();
    }
  }

  /** What money that went back means. */
  public enum RefundRule {
    /** For good. */
    REVOKE,
    /** Until something is paid after it. */
    SUSPEND,
    NOTHING;

    /** As the API and the database write it. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<RefundRule> of(String text) {
      for (RefundRule value : values()) {
        if (value.text().equals(text)) {
          return Optional.of(value);
        }
      }
      return Optional.empty();
    }
  }
}
