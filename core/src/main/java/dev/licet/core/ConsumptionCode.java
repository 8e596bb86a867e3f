package dev.licet.core;

/**
 * Why a counted entitlement may not be used up. The names are stable: clients compare them. They
 * stand in order of precedence: of several reasons that apply, the first is given.
 */
public enum ConsumptionCode {
  /** Taken back by the vendor, for good. */
  LICENSE_REVOKED(ValidationCode.LICENSE_REVOKED.message()),
  /** Put on hold by the vendor; it may be reinstated. */
  LICENSE_SUSPENDED(ValidationCode.LICENSE_SUSPENDED.message()),
  /** Past its end, by its status or by the clock. */
  LICENSE_EXPIRED(ValidationCode.LICENSE_EXPIRED.message()),
  /** The call comes from an address that the license may not be used from. */
  IP_NOT_ALLOWED(ValidationCode.IP_NOT_ALLOWED.message()),
  /** The license has no counter of this name. */
  ENTITLEMENT_NOT_GRANTED("This license does not include that."),
  /** Less is left than was asked for; nothing was used up. */
  ENTITLEMENT_EXHAUSTED("Less of that is left on this license than was asked for.");

  private final String message;

  ConsumptionCode(String message) {
    this.message = message;
  }

  /** One English sentence for people; it may be reworded, unlike the name. */
  public String message() {
    return message;
  }
}
