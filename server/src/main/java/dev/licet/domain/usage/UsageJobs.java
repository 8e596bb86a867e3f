package dev.licet.domain.usage;

import dev.licet.domain.Stores;
import dev.licet.domain.job.Job;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/**
 * Jobs that remove old records of use: those of single validations, what was counted of all, and
 * nodes that are gone.
 */
public final class UsageJobs {
  /** How long what is counted by hours and days is kept. */
  public static final int MONTHS = 25;

  /** How many days it is kept from which networks licences were used: what is asked for at most. */
  public static final int NETWORK_DAYS = 31;

  /**
   * What a node that is gone has counted is added to that of others after so long: by then nobody
   * asks which node it was.
   */
  private static final Duration GONE = Duration.ofDays(1);

  /**
   * A node is known for so long, since validations of it may still wait elsewhere and only what is
   * known of it tells which of them the journal has.
   */
  private static final Duration NODES = Duration.ofDays(31);

  private static final Duration EVERY = Duration.ofMinutes(10);

  /** How many rows are deleted at once: a few milliseconds' work. */
  private static final int SLICE = 500;

  private UsageJobs() {}

  /**
   * All jobs on use.
   *
   * @param records how long the records of single validations are kept
   */
  public static List<Job> all(Duration records) {
    return List.of(
        Job.every(
            "usage-records",
            EVERY,
            SLICE,
            (stores, now, limit) ->
                stores.usageRetention().forgetRecords(day(now), day(now.minus(records)), limit)),
        Job.every(
            "usage-networks",
            EVERY,
            SLICE,
            (stores, now, limit) ->
                stores.usageRetention().forgetNetworks(day(now) - NETWORK_DAYS, limit)),
        Job.every("usage-nodes", EVERY, SLICE, UsageJobs::forgetNodes),
        Job.every(
            "usage-sums",
            EVERY,
            SLICE,
            (stores, now, limit) -> stores.usageRetention().forgetSums(firstDay(now), limit)));
  }

  private static int forgetNodes(Stores stores, Instant now, int limit) {
    int merged = stores.usageRetention().mergeAccounts(now.minus(GONE), limit);
    return merged == limit
        ? limit
        : merged + stores.usageRetention().forgetNodes(now.minus(NODES), limit - merged);
  }

  /** The first day of which sums are kept. */
  static long firstDay(Instant now) {
    return now.atZone(ZoneOffset.UTC).toLocalDate().minusMonths(MONTHS).toEpochDay();
  }

  private static long day(Instant at) {
    return MonthlyUse.day(at.toEpochMilli());
  }
}
