package dev.licet.domain.notice;

import dev.licet.domain.activation.SeatKind;

/**
 * Something was refused because all that a licence allows is in use; or its use is suspicious, of
 * which it is told likewise.
 *
 * @param kind {@code domain}, {@code device}, {@code counter:} and a name, or {@code suspicious}
 */
public record LimitReached(long licenseNo, String kind) {
  static final String COUNTER = "counter:";

  /** All seats of a kind are taken. */
  public static LimitReached seats(long licenseNo, SeatKind kind) {
    return new LimitReached(licenseNo, kind.text());
  }

  /** Use that points to sharing. */
  public static LimitReached suspicion(long licenseNo) {
    return new LimitReached(licenseNo, "suspicious");
  }

  /** A counted entitlement is used up. */
  public static LimitReached counter(long licenseNo, String name) {
    return new LimitReached(licenseNo, COUNTER + name);
  }
}
