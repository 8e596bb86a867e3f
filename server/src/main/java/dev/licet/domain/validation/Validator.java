package dev.licet.domain.validation;

import static dev.licet.core.ValidationCode.DEVICE_LIMIT_REACHED;
import static dev.licet.core.ValidationCode.DOMAIN_INVALID;
import static dev.licet.core.ValidationCode.DOMAIN_LIMIT_REACHED;
import static dev.licet.core.ValidationCode.LICENSE_EXPIRED;
import static dev.licet.core.ValidationCode.LICENSE_REVOKED;
import static dev.licet.core.ValidationCode.LICENSE_SUSPENDED;

import dev.licet.core.ValidationCode;
import dev.licet.domain.activation.DomainNames;
import dev.licet.domain.activation.SeatKind;
import dev.licet.domain.validation.Verdict.NeedsSeat;
import dev.licet.domain.validation.Verdict.Refused;
import dev.licet.domain.validation.Verdict.Valid;
import org.jspecify.annotations.Nullable;

/** Decides whether a key may be used, from a snapshot alone. Pure: no clock, no I/O. */
public final class Validator {
  /** The seat of a domain or device that needs none. */
  private static final long NO_SEAT = 0;

  /** The seat of a domain or device that has none yet. */
  private static final long SEAT_WANTED = -1;

  private Validator() {}

  /**
   * Applies the rules in their documented order.
   *
   * @param domain what {@link DomainNames} read; {@code null} when the request names none
   * @param fingerprint {@code null} when the request names none
   */
  public static Verdict decide(
      LicenseSnapshot license,
      DomainNames.@Nullable Reading domain,
      @Nullable String fingerprint,
      long nowMillis) {
    String name = domain instanceof DomainNames.Reading.Name read ? read.canonical() : null;
    ValidationCode closed = closed(license, nowMillis);
    if (closed != null) {
      return new Refused(license, name, closed);
    }
    if (domain instanceof DomainNames.Reading.Invalid) {
      return new Refused(license, null, DOMAIN_INVALID);
    }
    long deviceSeat = fingerprint == null ? NO_SEAT : seat(license.devices().find(fingerprint));
    if (deviceSeat == SEAT_WANTED && isFull(license.devices(), license.maxDevices())) {
      return new Refused(license, name, DEVICE_LIMIT_REACHED);
    }
    long domainSeat = domainSeat(license, domain);
    if (domainSeat == SEAT_WANTED && isFull(license.domains(), license.maxDomains())) {
      return new Refused(license, name, DOMAIN_LIMIT_REACHED);
    }
    if (deviceSeat == SEAT_WANTED || domainSeat == SEAT_WANTED || !license.validatedBefore()) {
      return new NeedsSeat(license, name);
    }
    return new Valid(license, name, domainSeat, deviceSeat);
  }

  private static @Nullable ValidationCode closed(LicenseSnapshot license, long nowMillis) {
    return switch (license.statusAt(nowMillis)) {
      case REVOKED -> LICENSE_REVOKED;
      case SUSPENDED -> LICENSE_SUSPENDED;
      case EXPIRED -> LICENSE_EXPIRED;
      case ACTIVE -> null;
    };
  }

  private static long domainSeat(LicenseSnapshot license, DomainNames.@Nullable Reading domain) {
    if (!(domain instanceof DomainNames.Reading.Name name)) {
      return NO_SEAT;
    }
    if (name.seatless() && !license.localDomainsTakeSeats()) {
      return NO_SEAT;
    }
    return seat(license.domains().findDomain(name.canonical()));
  }

  private static boolean isFull(SeatTable seats, int limit) {
    return seats.size() >= SeatKind.capacity(limit);
  }

  private static long seat(long found) {
    return found == 0 ? SEAT_WANTED : found;
  }
}
