package dev.licet.domain.account;

import dev.licet.domain.Tenant;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key that acts for an account, as it rests in the database.
 *
 * @param no its number inside the database
 * @param id {@code key_...}
 * @param hash SHA-256 of the key
 * @param hint its masked form, for lists and logs
 * @param createdBy the actor that created it, as {@link dev.licet.domain.event.Actor#text}
 * @param lastUsedAt to within a minute
 */
public record ApiKey(
    long no,
    String id,
    Tenant tenant,
    byte[] hash,
    String hint,
    String name,
    Grant grant,
    String createdBy,
    Instant createdAt,
    @Nullable Instant lastUsedAt,
    @Nullable Instant revokedAt) {

  /** A key that is not in the database yet. */
  static ApiKey create(
      String id,
      long accountNo,
      ApiKeyText text,
      String name,
      Grant grant,
      String createdBy,
      Instant now) {
    return new ApiKey(
        0,
        id,
        new Tenant(accountNo, text.live()),
        text.hash(),
        text.hint(),
        name,
        grant,
        createdBy,
        now,
        null,
        null);
  }

  /** The same with the number that the database gave it. */
  public ApiKey withNo(long newNo) {
    return new ApiKey(
        newNo, id, tenant, hash, hint, name, grant, createdBy, createdAt, lastUsedAt, revokedAt);
  }

  /** Whether it opens anything at a moment. */
  public boolean livesAt(Instant now) {
    return revokedAt == null && !grant.expiredAt(now);
  }
}
