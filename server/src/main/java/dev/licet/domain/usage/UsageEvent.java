package dev.licet.domain.usage;

import org.jspecify.annotations.Nullable;

/**
 * One validation of a known licence, as it is recorded.
 *
 * @param atMillis when it was decided, milliseconds since the epoch
 * @param domain canonical, or as typed when it is no domain (cut to 256 characters)
 * @param domainSeat the number of the seat that the domain has; 0 for none
 * @param deviceSeat the number of the seat that the fingerprint has; 0 for none
 */
public record UsageEvent(
    long licenseNo,
    UsageGroup group,
    long atMillis,
    Outcome outcome,
    @Nullable String domain,
    @Nullable String fingerprint,
    UsageOrigin origin,
    long domainSeat,
    long deviceSeat) {}
