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
 */
public record ValidationRequest(
    String key,
    @Nullable String domain,
    @Nullable String fingerprint,
    @Nullable String product,
    @Nullable SemanticVersion version,
    @Nullable String address) {}
