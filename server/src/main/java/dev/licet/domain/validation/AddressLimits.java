package dev.licet.domain.validation;

import org.jspecify.annotations.Nullable;

/** Limits how often something may come from one address. */
public interface AddressLimits {
  /**
   * Takes one of the address's tokens.
   *
   * @param address in text form; {@code null} is never limited
   * @return 0 when there was one; else nanoseconds to wait
   */
  long tryPass(@Nullable String address);

  /**
   * How long {@link #tryPass} would have the address wait now; takes nothing.
   *
   * @param address in text form; {@code null} is never limited
   * @return 0 when there is a token; else nanoseconds
   */
  long nanosToWait(@Nullable String address);
}
