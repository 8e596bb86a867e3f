package dev.licet.domain.license;

/**
 * The row of a licence cannot be read, such as one whose key was sealed with another secret. Trying
 * again does not help.
 */
public final class UnreadableLicenseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param licenseId {@code lic_...}
   */
  public UnreadableLicenseException(String licenseId, Throwable cause) {
    super("the row of the license " + licenseId + " cannot be read", cause);
  }
}
