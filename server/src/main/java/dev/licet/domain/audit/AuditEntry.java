package dev.licet.domain.audit;

import dev.licet.domain.event.Actor;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row of the log.
 *
 * @param seq 1, 2, 3, ... within the account, without gaps
 * @param id {@code aud_...}
 * @param before JSON, as {@code after}
 * @param tag ties the row to the one before it; 32 bytes
 */
public record AuditEntry(
    long accountNo,
    long seq,
    String id,
    Instant at,
    @Nullable Boolean live,
    Actor actor,
    @Nullable String address,
    @Nullable String requestId,
    String action,
    String target,
    @Nullable String reason,
    @Nullable String before,
    @Nullable String after,
    byte[] tag) {

  /** The same with its place in the log. */
  public AuditEntry placed(long newSeq, String newId) {
    return new AuditEntry(
        accountNo, newSeq, newId, at, live, actor, address, requestId, action, target, reason,
        before, after, tag);
  }
}
