package dev.licet.domain.counter;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** What licences have used up, inside one transaction. */
public interface CounterStore {
  /** What each licence has used, by the counters' names; licences that used nothing are absent. */
  Map<Long, Map<String, CounterUse>> ofLicenses(Collection<Long> licenseNos);

  /** {@link CounterUse#NONE} when nothing was used. */
  CounterUse find(long licenseNo, String name);

  /**
   * Adds to what was used, unless that would pass the bound. A use that was written for a later
   * period is added to: a node whose clock is late starts no month again.
   *
   * @param use the present period and what is to be added, at least 1
   * @param bound what the sum must not pass
   * @return what is used now; empty, with nothing changed, when it would pass the bound
   */
  Optional<CounterUse> add(long licenseNo, String name, CounterUse use, long bound);

  /** Writes what is used, whatever was written before. */
  void put(long licenseNo, String name, CounterUse use);

  /** The consumption that a licence's application made under this key. */
  Optional<Receipt> receipt(long licenseNo, String idempotencyKey);

  /** Keeps a consumption. The caller holds the licence locked. */
  void insert(Receipt receipt);

  /**
   * Forgets receipts of all licences from before a moment, the oldest first.
   *
   * @return how many
   */
  int forgetReceipts(Instant before, int limit);

  /** Forgets a licence's receipts from before a moment. */
  void forgetReceipts(long licenseNo, Instant before);
}
