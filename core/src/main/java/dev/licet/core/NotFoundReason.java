package dev.licet.core;

/** Why a key was not found. The names are stable: clients compare them. */
public enum NotFoundReason {
  /** The text may be a key, but none that was issued. */
  UNKNOWN("This key was never issued."),
  /** The text is no key at all. */
  MALFORMED("This text is not a license key."),
  /** The text has a key's form, but its check symbols do not fit: it was mistyped. */
  CHECKSUM_MISMATCH("This key contains a typing mistake.");

  private final String message;

  NotFoundReason(String message) {
    this.message = message;
  }

  /** One English sentence for people; it may be reworded, unlike the name. */
  public String message() {
    return message;
  }
}
