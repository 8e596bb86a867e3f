package dev.licet.domain.validation;

import dev.licet.core.NotFoundReason;
import dev.licet.domain.license.TypedKey;
import dev.licet.domain.validation.Snapshots.Known;
import org.jspecify.annotations.Nullable;

/**
 * How often keys may be asked for: a known one so often for its licence, unknown ones so often from
 * an address. A known key never counts against an address.
 */
public final class KeyLimits {
  private final RateGate.Rate perLicense;
  private final AddressLimits unknownKeys;

  /**
   * @param perLicense applies to each licence
   * @param unknownKeys applies to each address that asks for keys that do not exist
   */
  public KeyLimits(RateGate.Rate perLicense, AddressLimits unknownKeys) {
    this.perLicense = perLicense;
    this.unknownKeys = unknownKeys;
  }

  /**
   * What is answered without a look into the database, to an address that has asked for too many
   * unknown keys; {@code null} when the database may be asked. Counts nothing: the key may be a
   * known one. One that was known lately is looked up in any case: nobody guessed it.
   */
  Answer.@Nullable Throttled beforeLookup(
      @Nullable String address, TypedKey.Usable key, Snapshots snapshots) {
    long wait = snapshots.wasKnown(key.canonical()) ? 0 : unknownKeys.nanosToWait(address);
    return wait > 0 ? new Answer.Throttled(wait) : null;
  }

  /** What is answered to a key that opens nothing: that, or that there were too many such. */
  Answer notFound(@Nullable String address, NotFoundReason reason, @Nullable String suggestion) {
    long wait = unknownKeys.tryPass(address);
    return wait > 0 ? new Answer.Throttled(wait) : new Answer.NotFound(reason, suggestion);
  }

  /** What is answered to a key that might have been one, and opens nothing. */
  Answer unknown(@Nullable String address, TypedKey.Usable key) {
    return notFound(address, key.ours() ? NotFoundReason.UNKNOWN : NotFoundReason.MALFORMED, null);
  }

  /** What is answered when a licence is asked for too often; {@code null} when it is not. */
  Answer.@Nullable Throttled known(Known.Licensed licensed) {
    long wait = licensed.gate().tryPass(perLicense, System.nanoTime());
    return wait > 0 ? new Answer.Throttled(wait) : null;
  }
}
