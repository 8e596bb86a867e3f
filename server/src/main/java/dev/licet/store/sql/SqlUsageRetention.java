package dev.licet.store.sql;

import dev.licet.domain.usage.MonthlyUse;
import dev.licet.domain.usage.UsageRetention;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** Removes what is old from the record of use; of single validations as the database does best. */
record SqlUsageRetention(Handle handle, RawRecords records) implements UsageRetention {
  private static final int DAY_HOURS = 24;

  /** Some of the oldest days. */
  private static final String DAYS =
      """
      DELETE FROM usage_daily
      WHERE (day, account_no, live, license_no, outcome, domain, device, country) IN (
        SELECT day, account_no, live, license_no, outcome, domain, device, country FROM usage_daily
        WHERE day < :before ORDER BY day LIMIT :limit)
      """;

  /** Some of the oldest hours. */
  private static final String HOURS =
      """
      DELETE FROM usage_hours
      WHERE (hour, account_no, live, license_no, outcome, domain, device, country) IN (
        SELECT hour, account_no, live, license_no, outcome, domain, device, country
        FROM usage_hours WHERE hour < :before ORDER BY hour LIMIT :limit)
      """;

  /** Some of the oldest hours of accounts. */
  private static final String ACCOUNTS =
      """
      DELETE FROM usage_accounts
      WHERE (account_no, live, hour, plan_no, product_no, outcome, country) IN (
        SELECT account_no, live, hour, plan_no, product_no, outcome, country FROM usage_accounts
        WHERE hour < :before ORDER BY hour LIMIT :limit)
      """;

  /** Some names that nothing has been counted for since a month. */
  private static final String NAMES =
      """
      DELETE FROM usage_names WHERE (account_no, license_no, kind, hash) IN (
        SELECT account_no, license_no, kind, hash FROM usage_names
        WHERE month < :before LIMIT :limit)
      """;

  /** Some networks of the oldest days. */
  private static final String NETWORKS =
      """
      DELETE FROM usage_networks WHERE (day, account_no, live, license_no, network) IN (
        SELECT day, account_no, live, license_no, network FROM usage_networks
        WHERE day < :before ORDER BY day LIMIT :limit)
      """;

  @Override
  public int forgetNetworks(long before, int limit) {
    return delete(NETWORKS, before, limit);
  }

  @Override
  public int forgetRecords(long today, long before, int limit) {
    return records.forget(handle, today, before, limit);
  }

  @Override
  public int forgetSums(long before, int limit) {
    int done = delete(DAYS, before, limit);
    done += delete(HOURS, before * DAY_HOURS, limit - done);
    done += delete(ACCOUNTS, before * DAY_HOURS, limit - done);
    int month = MonthlyUse.number(MonthlyUse.month(before));
    done += delete(NAMES, month, limit - done);
    return done + (done == limit ? 0 : new GoneNodes(handle).forgetMonths(month, limit - done));
  }

  @Override
  public int mergeAccounts(Instant goneBefore, int limit) {
    return new GoneNodes(handle).merge(goneBefore, limit);
  }

  @Override
  public int forgetNodes(Instant before, int limit) {
    return new GoneNodes(handle).forget(before, limit);
  }

  private int delete(String sql, long before, int limit) {
    return limit == 0
        ? 0
        : handle.createUpdate(sql).bind("before", before).bind("limit", limit).execute();
  }
}
