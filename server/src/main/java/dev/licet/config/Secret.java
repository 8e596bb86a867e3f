package dev.licet.config;

/**
 * A text that must not be shown. {@link #toString} masks it, so that it cannot stray into a log.
 */
public record Secret(String reveal) {
  /** What stands in place of a secret wherever settings are shown. */
  public static final String MASK = "********";

  @Override
  public String toString() {
    return MASK;
  }
}
