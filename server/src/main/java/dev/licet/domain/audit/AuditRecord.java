package dev.licet.domain.audit;

import org.jspecify.annotations.Nullable;

/**
 * A change to be recorded. Things are given as they are; what is secret in them is masked when they
 * are written.
 *
 * @param accountNo in whose log it stands
 * @param live in which mode; {@code null} for what both modes share
 * @param action what was done, such as {@code plan.updated}
 * @param target the public id or name of the thing
 * @param before {@code null} for a new thing
 * @param after {@code null} for one that is gone
 * @param reason what the one who did it gave as a reason
 */
public record AuditRecord(
    long accountNo,
    @Nullable Boolean live,
    String action,
    String target,
    @Nullable Record before,
    @Nullable Record after,
    @Nullable String reason) {

  /** A change of something that live and test mode share. */
  public static AuditRecord shared(
      long accountNo,
      String action,
      String target,
      @Nullable Record before,
      @Nullable Record after) {
    return new AuditRecord(accountNo, null, action, target, before, after, null);
  }
}
