package dev.licet.domain.usage;

import java.time.Instant;

/** Removes what is old from the record of use, inside one transaction. Days are those of UTC. */
public interface UsageRetention {
  /**
   * Removes records of single validations, also from the index of the history. What is not folded
   * yet stays.
   *
   * @param today what is recorded now is made room for
   * @param before the day from which on they stay
   * @param limit rows at most, where rows are what is removed
   * @return how many rows or partitions that were; {@code limit} when there may be more
   */
  int forgetRecords(long today, long before, int limit);

  /**
   * Removes from which networks licences were used.
   *
   * @param before the day from which on it stays
   * @param limit rows at most
   * @return how many rows that were
   */
  int forgetNetworks(long before, int limit);

  /**
   * Removes what was counted by hours and days, names that were not seen since, and what nodes that
   * are gone counted for accounts by months.
   *
   * @param before the day from which on it stays
   * @param limit rows at most
   * @return how many rows that were
   */
  int forgetSums(long before, int limit);

  /**
   * Adds up what was counted for accounts by nodes that are gone, in one sum for each account and
   * month, and forgets what those nodes were granted.
   *
   * @param goneBefore a node is gone when it has ended, or others have taken it for gone, and it
   *     has given no sign of life since then
   * @param limit rows at most
   * @return how many rows that were
   */
  int mergeAccounts(Instant goneBefore, int limit);

  /**
   * Removes nodes that are gone, of which no record of a validation and nothing that was counted
   * for an account is left. Their numbers are never given again.
   *
   * @param before as for {@link #mergeAccounts}
   * @param limit nodes at most
   * @return how many nodes that were
   */
  int forgetNodes(Instant before, int limit);
}
