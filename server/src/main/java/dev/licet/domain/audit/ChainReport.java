package dev.licet.domain.audit;

import org.jspecify.annotations.Nullable;

/**
 * What a check of an account's log found.
 *
 * @param account {@code acc_...}, or the account's number when there is no such account any more
 * @param rows how many rows fit, counted from the first
 * @param lastTag the tag of the last of them
 * @param fault what is wrong with the next one; {@code null} when nothing is
 */
public record ChainReport(String account, long rows, byte[] lastTag, @Nullable String fault) {}
