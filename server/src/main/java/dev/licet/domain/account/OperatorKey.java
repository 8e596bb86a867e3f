package dev.licet.domain.account;

import java.time.Instant;

/**
 * A key that acts for the installation across accounts, as it rests in the database.
 *
 * @param id {@code key_...}
 * @param hash SHA-256 of the key
 * @param hint its masked form, for logs
 */
public record OperatorKey(String id, byte[] hash, String hint, Instant createdAt) {}
