package dev.licet.store.sql;

import dev.licet.domain.usage.Outcome;
import dev.licet.domain.usage.UsageQuery;
import dev.licet.domain.usage.UsageReader;
import dev.licet.domain.usage.UsageRecord;
import dev.licet.domain.usage.UsageSummary;
import dev.licet.domain.usage.UsageTotals;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** What the journal knows: counters plus the unfolded tail. */
final class SqlUsageReader implements UsageReader {
  private static final long HOUR_MILLIS = 3_600_000;
  private static final int DAY_HOURS = 24;
  private static final int MONTH_HOURS = 30 * DAY_HOURS;

  /** All that was folded of a licence, by outcome. */
  private static final String FOLDED =
      """
      SELECT validations, revoked, suspended, expired, domain_invalid, device_limit, domain_limit
      FROM license_usage WHERE license_no = :license
      """;

  /** What was folded of the last hours; one look-up per hour, since hours come first in the key. */
  private static final String FOLDED_HOURS =
      """
      WITH RECURSIVE hours(hour) AS (
        SELECT CAST(:first AS BIGINT) UNION ALL SELECT hour + 1 FROM hours WHERE hour < :last)
      SELECT COALESCE(SUM(u.validations), 0) AS month,
        COALESCE(SUM(CASE WHEN u.hour >= :day THEN u.validations ELSE 0 END), 0) AS day
      FROM hours h CROSS JOIN usage_hourly u
      WHERE u.hour = h.hour AND u.license_no = :license
      """;

  /** What is not folded yet, by outcome. */
  private static final String UNFOLDED =
      """
      SELECT e.outcome, COUNT(*) AS validations,
        SUM(CASE WHEN e.at >= :month_at THEN 1 ELSE 0 END) AS month,
        SUM(CASE WHEN e.at >= :day_at THEN 1 ELSE 0 END) AS day
      """
          + UsageTail.UNFOLDED
          + "AND e.license_no = :license GROUP BY e.outcome";

  private final Handle handle;

  SqlUsageReader(Handle handle) {
    this.handle = handle;
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
  public UsageSummary summary(long licenseNo, Instant now) {
    long hour = now.toEpochMilli() / HOUR_MILLIS;
    Sums sums = new Sums();
    handle
        .createQuery(FOLDED)
        .bind("license", licenseNo)
        .map((row, context) -> sums.addFolded(row))
        .list();
    handle
        .createQuery(FOLDED_HOURS)
        .bind("license", licenseNo)
        .bind("first", hour - MONTH_HOURS)
        .bind("day", hour - DAY_HOURS)
        .bind("last", hour + 1)
        .map((row, context) -> sums.addRecent(row))
        .list();
    handle
        .createQuery(UNFOLDED)
        .bind("license", licenseNo)
        .bind("month_at", (hour - MONTH_HOURS) * HOUR_MILLIS)
        .bind("day_at", (hour - DAY_HOURS) * HOUR_MILLIS)
        .map((row, context) -> sums.addTail(row))
        .list();
    return sums.summary();
  }

  /** What a summary adds up. */
  private static final class Sums {
    private final Map<Outcome, Long> byOutcome = new EnumMap<>(Outcome.class);
    private long day;
    private long month;

    boolean addFolded(ResultSet row) throws SQLException {
      for (Outcome outcome : Outcome.values()) {
        add(outcome, row.getLong(UsageColumns.of(outcome)));
      }
      return true;
    }

    boolean addRecent(ResultSet row) throws SQLException {
      day += row.getLong("day");
      month += row.getLong("month");
      return true;
    }

    boolean addTail(ResultSet row) throws SQLException {
      add(Outcome.of(row.getInt("outcome")), row.getLong("validations"));
      return addRecent(row);
    }

    private void add(Outcome outcome, long validations) {
      if (validations > 0) {
        byOutcome.merge(outcome, validations, Long::sum);
      }
    }

    UsageSummary summary() {
      long total = byOutcome.values().stream().mapToLong(Long::longValue).sum();
      return new UsageSummary(total, day, month, byOutcome);
    }
  }
}
