package dev.licet.domain.validation;

import dev.licet.domain.SemanticVersion;
import org.jspecify.annotations.Nullable;

/**
 * What an application asks.
 *
 * @param key as typed
 * @param domain as the application gave it
 * @param fingerprint of the device, 1 to 256 characters
 * @param product the name of the product that asks
 * @param version the version of the software that asks
 * @param address the client's, in text form
 * @param country the client's, if a proxy that is believed said it: two letters
 * @param client the software that asks, {@code name/version}, at most 64 characters
 */
public record ValidationRequest(
    String key,
    @Nullable String domain,
    @Nullable String fingerprint,
    @Nullable String product,
    @Nullable SemanticVersion version,
    @Nullable String address,
    @Nullable String country,
    @Nullable String client) {
  /** One of which nothing more is known than its address. */
  public ValidationRequest(
      String key,
      @Nullable String domain,
      @Nullable String fingerprint,
      @Nullable String product,
      @Nullable SemanticVersion version,
      @Nullable String address) {
    this(key, domain, fingerprint, product, version, address, null, null);
  }
}
