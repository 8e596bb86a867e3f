package dev.licet.store.sql;

import dev.licet.domain.Tenant;
import dev.licet.domain.usage.MonthlyUse;
import dev.licet.domain.usage.Outcome;
import dev.licet.domain.usage.UsageActivity;
import dev.licet.domain.usage.UsageDimension;
import dev.licet.domain.usage.UsageQuery;
import dev.licet.domain.usage.UsageReader;
import dev.licet.domain.usage.UsageRecord;
import dev.licet.domain.usage.UsageSelection;
import dev.licet.domain.usage.UsageSummary;
import dev.licet.domain.usage.UsageTotals;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jdbi.v3.core.Handle;

/** What the journal knows: counters plus the unfolded tail. */
final class SqlUsageReader implements UsageReader {
  private static final long HOUR_MILLIS = 3_600_000;
  private static final int DAY_HOURS = 24;
  private static final int MONTH_HOURS = 30 * DAY_HOURS;

  /** All that was folded of a licence, by outcome. */
  private static final String FOLDED =
      """
      SELECT outcome, validations FROM license_usage WHERE license_no = :license
      """;

  /** What was folded of some hours; a look-up for each, since hours come first in the key. */
  private static final String FOLDED_HOURS =
      """
      SELECT COALESCE(SUM(u.quarter1 + u.quarter2 + u.quarter3 + u.quarter4), 0) AS month,
        COALESCE(SUM(CASE WHEN u.hour >= :day
          THEN u.quarter1 + u.quarter2 + u.quarter3 + u.quarter4 ELSE 0 END), 0) AS day
      FROM usage_hours u
      WHERE u.hour <in_nos> AND u.account_no = :account AND u.live = :live
        AND u.license_no = :license
      """;

  /** What accounts have used of a month. */
  private static final String OF_ACCOUNTS =
      """
      SELECT account_no, SUM(validations) AS validations FROM account_usage
      WHERE account_no <in_nos> AND month = :month AND node_no >= 0 GROUP BY account_no
      """;

  /** Names of plans. */
  private static final String PLANS =
      "SELECT no, name FROM plans WHERE account_no = :account AND no <in_nos>";

  /** Names of products. */
  private static final String PRODUCTS =
      "SELECT no, name FROM products WHERE account_no = :account AND no <in_nos>";

  /** Ids of licences. {@code <few>} is as in {@link SqlLicenseStore#FIND_ALL}. */
  static final String LICENSES =
      "SELECT no, id AS name FROM licenses WHERE <few>account_no = :account AND no <in_nos>";

  /** What was found valid, each licence, domain and device once. */
  private static final String ACTIVITY =
      """
      SELECT COUNT(DISTINCT license_no) AS licenses,
        (SELECT COUNT(*) FROM (
          SELECT DISTINCT license_no, domain FROM usage_daily
          WHERE day >= :since AND account_no = :account AND live = :live AND outcome = 0
            AND domain <> 0) d) AS domains,
        (SELECT COUNT(*) FROM (
          SELECT DISTINCT license_no, device FROM usage_daily
          WHERE day >= :since AND account_no = :account AND live = :live AND outcome = 0
            AND device <> 0) f) AS devices
      FROM usage_daily
      WHERE day >= :since AND account_no = :account AND live = :live AND outcome = 0
      """;

  private final Handle handle;
  private final Dialect dialect;

  SqlUsageReader(Handle handle, Dialect dialect) {
    this.handle = handle;
    this.dialect = dialect;
  }

  @Override
  public Map<Long, UsageTotals> totals(Collection<Long> licenseNos) {
    return UsageTail.licenseTotals(handle, licenseNos);
  }

  @Override
  public List<UsageRecord> history(long licenseNo, UsageQuery query) {
    return new UsageHistory(handle, licenseNo, query).read();
  }

  @Override
  public UsageSummary summary(Tenant tenant, long licenseNo, Instant now) {
    long hour = now.toEpochMilli() / HOUR_MILLIS;
    Sums sums = new Sums();
    handle
        .createQuery(FOLDED)
        .bind("license", licenseNo)
        .map((row, context) -> sums.addFolded(row))
        .list();
    handle
        .createQuery(FOLDED_HOURS)
        .bind("account", tenant.accountNo())
        .bind("live", Rows.flag(tenant.live()))
        .bind("license", licenseNo)
        .bind(
            "nos", Rows.list(LongStream.rangeClosed(hour - MONTH_HOURS, hour + 1).boxed().toList()))
        .bind("day", hour - DAY_HOURS)
        .map((row, context) -> sums.addRecent(row))
        .list();
    UsageTail.forEachOf(
        handle,
        licenseNo,
        event ->
            sums.addTail(
                event, (hour - MONTH_HOURS) * HOUR_MILLIS, (hour - DAY_HOURS) * HOUR_MILLIS));
    return sums.summary();
  }

  @Override
  public void sums(UsageSelection selection, UsageSelection.Use use) {
    new SqlUsageSums(handle, selection, use).read();
  }

  @Override
  public void groups(UsageSelection selection, UsageSelection.Groups groups) {
    new SqlUsageGroups(handle, dialect, selection).read(groups);
  }

  @Override
  public Map<Long, String> names(
      Tenant tenant, UsageDimension dimension, Collection<Long> numbers) {
    if (dimension == UsageDimension.OUTCOME) {
      Map<Long, String> names = new HashMap<>();
      numbers.forEach(no -> names.put(no, SqlUsageSums.text(Outcome.of(no.intValue()))));
      return names;
    }
    Map<Long, String> names = new HashMap<>();
    handle
        .createQuery(
            switch (dimension) {
              case PLAN -> PLANS;
              case PRODUCT -> PRODUCTS;
              default -> LICENSES;
            })
        .bind("account", tenant.accountNo())
        .bind("nos", Rows.list(numbers))
        .map((row, context) -> names.put(row.getLong("no"), row.getString("name")))
        .list();
    return names;
  }

  @Override
  public UsageActivity activity(Tenant tenant, long sinceDay) {
    return handle
        .createQuery(ACTIVITY)
        .bind("account", tenant.accountNo())
        .bind("live", Rows.flag(tenant.live()))
        .bind("since", sinceDay)
        .map((row, context) ->
            new UsageActivity(
                row.getLong("licenses"), row.getLong("domains"), row.getLong("devices")))
        .one();
  }

  @Override
  public Map<Long, Long> validationsIn(YearMonth month, Collection<Long> accountNos) {
    Map<Long, Long> used = new HashMap<>();
    handle
        .createQuery(OF_ACCOUNTS)
        .bind("nos", Rows.list(accountNos))
        .bind("month", MonthlyUse.number(month))
        .map((row, context) -> used.put(row.getLong("account_no"), row.getLong("validations")))
        .list();
    return used;
  }

  /** What a summary adds up. */
  private static final class Sums {
    private final Map<Outcome, Long> byOutcome = new EnumMap<>(Outcome.class);
    private long day;
    private long month;

    boolean addFolded(ResultSet row) throws SQLException {
      add(Outcome.of(row.getInt("outcome")), row.getLong("validations"));
      return true;
    }

    boolean addRecent(ResultSet row) throws SQLException {
      day += row.getLong("day");
      month += row.getLong("month");
      return true;
    }

    void addTail(EventReader event, long monthAt, long dayAt) {
      add(Outcome.of(event.outcome()), 1);
      month += event.atMillis() >= monthAt ? 1 : 0;
      day += event.atMillis() >= dayAt ? 1 : 0;
    }

    private void add(Outcome outcome, long validations) {
      byOutcome.merge(outcome, validations, Long::sum);
    }

    UsageSummary summary() {
      long total = byOutcome.values().stream().mapToLong(Long::longValue).sum();
      return new UsageSummary(total, day, month, byOutcome);
    }
  }
}
