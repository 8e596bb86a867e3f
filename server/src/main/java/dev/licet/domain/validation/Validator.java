package dev.licet.domain.validation;

import static dev.licet.core.ValidationCode.DEVICE_LIMIT_REACHED;
import static dev.licet.core.ValidationCode.DOMAIN_INVALID;
import static dev.licet.core.ValidationCode.DOMAIN_LIMIT_REACHED;
import static dev.licet.core.ValidationCode.DOMAIN_REQUIRED;
import static dev.licet.core.ValidationCode.FINGERPRINT_REQUIRED;
import static dev.licet.core.ValidationCode.IP_NOT_ALLOWED;
import static dev.licet.core.ValidationCode.LICENSE_EXPIRED;
import static dev.licet.core.ValidationCode.LICENSE_REVOKED;
import static dev.licet.core.ValidationCode.LICENSE_SUSPENDED;
import static dev.licet.core.ValidationCode.PRODUCT_MISMATCH;
import static dev.licet.core.ValidationCode.VERSION_NOT_ALLOWED;

import dev.licet.core.ValidationCode;
import dev.licet.domain.activation.DomainNames;
import dev.licet.domain.activation.Leases;
import dev.licet.domain.activation.SeatKind;
import dev.licet.domain.license.LicenseStatus;
import dev.licet.domain.plan.Policy;
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
   * @param renewsLeases whether a lease that is due is renewed, which needs the database; a lease
   *     that runs is good in any case
   */
  public static Verdict decide(
      LicenseSnapshot license,
      ValidationRequest request,
      DomainNames.@Nullable Reading domain,
      long nowMillis,
      boolean renewsLeases) {
    String name = domain instanceof DomainNames.Reading.Name read ? read.canonical() : null;
    ValidationCode refusal = refusal(license, request, nowMillis);
    if (refusal != null) {
      return new Refused(license, name, refusal);
    }
    if (domain instanceof DomainNames.Reading.Invalid) {
      return new Refused(license, null, DOMAIN_INVALID);
    }
    int device = place(license.devices(), request.fingerprint(), nowMillis);
    long deviceSeat = deviceSeat(license, request.fingerprint(), device);
    if (deviceSeat == SEAT_WANTED && isFull(license.devices(), license.maxDevices(), nowMillis)) {
      return new Refused(license, name, DEVICE_LIMIT_REACHED);
    }
    long domainSeat = domainSeat(license, domain);
    if (domainSeat == SEAT_WANTED && isFull(license.domains(), license.maxDomains(), nowMillis)) {
      return new Refused(license, name, DOMAIN_LIMIT_REACHED);
    }
    boolean leaseIsDue =
        renewsLeases
            && device >= 0
            && Leases.isDue(license.policy(), license.devices().leasedUntil(device), nowMillis);
    if (deviceSeat == SEAT_WANTED
        || domainSeat == SEAT_WANTED
        || leaseIsDue
        || !license.validatedBefore()) {
      return new NeedsSeat(license, name);
    }
    return new Valid(license, name, domainSeat, deviceSeat);
  }

  /** The first rule that the request breaks before its domain and device are looked at. */
  private static @Nullable ValidationCode refusal(
      LicenseSnapshot license, ValidationRequest request, long nowMillis) {
    Policy policy = license.policy();
    if (license.status() == LicenseStatus.REVOKED) {
      return LICENSE_REVOKED;
    }
    if (license.status() == LicenseStatus.SUSPENDED) {
      return LICENSE_SUSPENDED;
    }
    if (isOfOtherProduct(license, request.product())) {
      return PRODUCT_MISMATCH;
    }
    if (license.isExpiredAt(nowMillis) && !license.isInGraceAt(nowMillis)) {
      return LICENSE_EXPIRED;
    }
    if (!policy.covers(request.version())) {
      return VERSION_NOT_ALLOWED;
    }
    if (!policy.admits(request.address())) {
      return IP_NOT_ALLOWED;
    }
    if (policy.requireDomain() && request.domain() == null) {
      return DOMAIN_REQUIRED;
    }
    return policy.requireFingerprint() && request.fingerprint() == null
        ? FINGERPRINT_REQUIRED
        : null;
  }

  private static boolean isOfOtherProduct(LicenseSnapshot license, @Nullable String product) {
    return product == null ? license.requireProduct() : !product.equals(license.product());
  }

  /** Where the table has the seat that a device holds; negative when it holds none. */
  private static int place(SeatTable devices, @Nullable String fingerprint, long nowMillis) {
    int place = fingerprint == null ? -1 : devices.place(fingerprint);
    return place >= 0 && nowMillis < devices.leasedUntil(place) ? place : -1;
  }

  private static long deviceSeat(LicenseSnapshot license, @Nullable String fingerprint, int place) {
    if (fingerprint == null) {
      return NO_SEAT;
    }
    return place < 0 ? SEAT_WANTED : license.devices().seatNo(place);
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

  private static boolean isFull(SeatTable seats, int limit, long nowMillis) {
    return seats.heldAt(nowMillis) >= SeatKind.capacity(limit);
  }

  private static long seat(long found) {
    return found == 0 ? SEAT_WANTED : found;
  }
}
