package dev.licet.domain.event;

import java.util.Arrays;
import java.util.Optional;

/** One entry of the change feed. */
public record Change(Kind kind, long no) {
  /** What changed; the number is that of the licence, plan, product, account or API key. */
  public enum Kind {
    LICENSE,
    /** A seat of the licence was taken, which takes nothing from anyone who has one. */
    SEAT_TAKEN,
    KEY_ADDED,
    PLAN,
    PRODUCT,
    ACCOUNT,
    API_KEY,
    /** Nothing that is cached: there are events to be read, of the account with this number. */
    EVENT,
    /** Nothing that is cached: this process made something due at the webhook with this number. */
    DELIVERY;

    /** The kind of a name; empty when there is none, as for one of a newer version. */
    public static Optional<Kind> of(String name) {
      return Arrays.stream(values()).filter(kind -> kind.name().equals(name)).findFirst();
    }
  }
}
