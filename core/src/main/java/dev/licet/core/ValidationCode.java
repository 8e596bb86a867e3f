package dev.licet.core;

/**
 * Why a license may not be used. The names are stable: clients compare them. They stand in order of
 * precedence: of several reasons that apply, the first is given.
 */
public enum ValidationCode {
  /** No such key; {@link NotFoundReason} says more. */
  LICENSE_NOT_FOUND("There is no license with this key."),
  /** The vendor's account has had all the validations that it may have this month. */
  QUOTA_EXCEEDED("The vendor's quota of validations is used up for this month."),
  /** Taken back by the vendor, for good. */
  LICENSE_REVOKED("This license has been revoked."),
  /** Put on hold by the vendor; it may be reinstated. */
  LICENSE_SUSPENDED("This license is suspended."),
  /** For another product than the request names, or it must name one and does not. */
  PRODUCT_MISMATCH("This license is for another product, or the product must be named."),
  /** Past its end and its days of grace, by its status or by the clock. */
  LICENSE_EXPIRED("This license has expired."),
  /** The software's version is not covered, or it must be named and is not. */
  VERSION_NOT_ALLOWED("This license does not cover this version, or the version must be named."),
  /** Validated from an address that the vendor does not allow. */
  IP_NOT_ALLOWED("This license may not be used from this address."),
  /** The request must name a domain and does not. */
  DOMAIN_REQUIRED("This license is validated together with a domain, and none was named."),
  /** The request must name a device and does not. */
  FINGERPRINT_REQUIRED("This license is validated together with a device, and none was named."),
  /** What was sent as a domain is none. */
  DOMAIN_INVALID("This is not a valid domain name."),
  /** A new device, and every device seat is taken. */
  DEVICE_LIMIT_REACHED("This license is already used on as many devices as it allows."),
  /** A new domain, and every domain seat is taken. */
  DOMAIN_LIMIT_REACHED("This license is already used on as many domains as it allows.");

  private final String message;

  ValidationCode(String message) {
    this.message = message;
  }

  /** One English sentence for people; it may be reworded, unlike the name. */
  public String message() {
    return message;
  }
}
