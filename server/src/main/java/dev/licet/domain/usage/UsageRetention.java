package dev.licet.domain.usage;

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
   * Removes what was counted by hours and days, and names that were not seen since.
   *
   * @param before the day from which on it stays
   * @param limit rows at most
   * @return how many rows that were
   */
  int forgetSums(long before, int limit);
}
