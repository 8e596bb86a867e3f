package dev.licet.domain.audit;

/**
 * Where a row of the log stands, and how much it holds.
 *
 * @param seq the row's number within the account
 * @param bytes of what there was before and after, which is most of a large row
 */
public record AuditPlace(long seq, String id, long bytes) {}
