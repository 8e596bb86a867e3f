package dev.licet.domain.activation;

import java.time.Instant;

/**
 * A domain or a device on which a licence is in use: an activation.
 *
 * @param no its number inside the database
 * @param id {@code act_...}
 * @param value a canonical domain, a wildcard such as {@code *.example.com}, or a fingerprint
 * @param byVendor whether the vendor added it, rather than a validation
 * @param firstSeenAt when it was taken
 */
public record Seat(
    long no,
    String id,
    long licenseNo,
    SeatKind kind,
    String value,
    boolean byVendor,
    Instant firstSeenAt) {}
