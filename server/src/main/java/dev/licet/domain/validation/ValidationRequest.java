package dev.licet.domain.validation;

import org.jspecify.annotations.Nullable;

/**
 * What an application asks.
 *
 * @param key as typed
 * @param domain as the application gave it
 * @param fingerprint of the device, 1 to 256 characters
 * @param address the client's, in text form
 */
public record ValidationRequest(
    String key, @Nullable String domain, @Nullable String fingerprint, @Nullable String address) {}
