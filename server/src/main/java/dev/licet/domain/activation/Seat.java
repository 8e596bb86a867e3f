package dev.licet.domain.activation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A domain or a device on which a licence is in use: an activation.
 *
 * @param no its number inside the database
 * @param id {@code act_...}
 * @param value a canonical domain, a wildcard such as {@code *.example.com}, or a fingerprint
 * @param byVendor whether the vendor added it, rather than a validation
 * @param firstSeenAt when it was taken
 * @param leasedUntil from when on it is free again; {@code null} when it is held until it is freed
 */
public record Seat(
    long no,
    String id,
    long licenseNo,
    SeatKind kind,
    String value,
    boolean byVendor,
    Instant firstSeenAt,
    @Nullable Instant leasedUntil) {

  /** A seat that is held until it is freed. */
  public Seat(
      long no,
      String id,
      long licenseNo,
      SeatKind kind,
      String value,
      boolean byVendor,
      Instant firstSeenAt) {
    this(no, id, licenseNo, kind, value, byVendor, firstSeenAt, null);
  }

  /** Whether it is in use at a moment; one that is not may be taken by another. */
  public boolean isHeldAt(Instant now) {
    return leasedUntil == null || now.isBefore(leasedUntil);
  }
}
