package dev.licet.domain.license;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which licences a list shows; a {@code null} part lets all pass.
 *
 * @param status as of {@code now}, so that an active licence whose time is over counts as expired
 * @param customerEmail compared without regard to case
 * @param domain a canonical name that holds a seat, as it is written there
 * @param keyLookup {@link KeyVault#lookup} of a key, current or retiring
 * @param expiresBefore the licence expires before this moment
 * @param expiresAfter the licence expires at or after this moment; never is not after
 */
public record LicenseFilter(
    @Nullable LicenseStatus status,
    @Nullable String plan,
    @Nullable String customerEmail,
    @Nullable String domain,
    byte @Nullable [] keyLookup,
    @Nullable Instant expiresBefore,
    @Nullable Instant expiresAfter,
    Instant now) {}
