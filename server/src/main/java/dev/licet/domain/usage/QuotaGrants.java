package dev.licet.domain.usage;

import java.time.Instant;
import java.time.YearMonth;

/**
 * How many validations of a month each node may record for an account that has a limit, inside one
 * transaction.
 */
public interface QuotaGrants {
  /**
   * What is taken of a month.
   *
   * @param granted how many this node was granted in all
   * @param recorded how many it has recorded
   * @param others what all other nodes were granted or have recorded, whichever is more; of a node
   *     that gives no sign of life, what it has recorded
   */
  record Taken(long granted, long recorded, long others) {}

  /**
   * Reads what is taken and keeps other transactions from doing the same until this one ends.
   *
   * @param aliveSince nodes that were seen since then are alive
   */
  Taken lock(long accountNo, YearMonth month, long nodeNo, Instant aliveSince);

  /** Says how many this node is granted in all. */
  void grant(long accountNo, YearMonth month, long nodeNo, long granted);
}
