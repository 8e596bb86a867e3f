package dev.licet.domain.validation;

import dev.licet.core.ValidationCode;
import org.jspecify.annotations.Nullable;

/** What is decided about a licence that a request's key opens. */
public sealed interface Verdict {
  LicenseSnapshot license();

  /** The domain in canonical form; {@code null} when the request named none, or no domain. */
  @Nullable String domain();

  /**
   * The key may be used.
   *
   * @param domainSeat the number of the domain's seat; 0 for none
   * @param deviceSeat the number of the device's seat; 0 for none
   */
  record Valid(LicenseSnapshot license, @Nullable String domain, long domainSeat, long deviceSeat)
      implements Verdict {}

  /** The key may not be used. */
  record Refused(LicenseSnapshot license, @Nullable String domain, ValidationCode code)
      implements Verdict {}

  /**
   * As far as the snapshot knows the key may be used, but something is to be written first: a seat
   * to be taken, its lease, or the first use of the licence. The database decides.
   */
  record NeedsSeat(LicenseSnapshot license, @Nullable String domain) implements Verdict {}
}
