package dev.licet.domain.account;

import dev.licet.domain.Tenant;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key that acts for an account, as it rests in the database.
 *
 * @param id {@code key_...}
 * @param hash SHA-256 of the key
 * @param hint its masked form, for lists and logs
 */
public record ApiKey(
    String id,
    Tenant tenant,
    byte[] hash,
    String hint,
    String name,
    Instant createdAt,
    @Nullable Instant revokedAt) {}
