package dev.licet.store.sql;

import dev.licet.domain.event.EventType;
import dev.licet.domain.notice.LimitReached;
import dev.licet.domain.notice.NoticeStore;
import dev.licet.domain.usage.MonthlyUse;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What was told; the rows themselves keep two nodes from telling the same. */
final class SqlNoticeStore implements NoticeStore {
  /** The last time. */
  private static final String TOLD_AT =
      "SELECT at FROM limit_notices WHERE license_no = :license AND kind = :kind";

  /** Puts the time there, or a new one in the place of one that is long ago. */
  private static final String CLAIM_LIMIT =
      """
      INSERT INTO limit_notices (license_no, kind, at) VALUES (:license, :kind, :now)
      ON CONFLICT (license_no, kind) DO UPDATE SET at = excluded.at
        WHERE limit_notices.at <= :unless_after
      """;

  /** Puts a notice there, once. */
  private static final String CLAIM_QUOTA =
      """
      INSERT INTO quota_notices (account_no, quota, type, month, at)
      VALUES (:account, :quota, :type, :month, :now)
      ON CONFLICT (account_no, quota, type, month) DO NOTHING
      """;

  /** Whether a notice is there. */
  private static final String IS_TOLD =
      """
      SELECT 1 FROM quota_notices
      WHERE account_no = :account AND quota = :quota AND type = :type AND month = 0
      """;

  /** Takes the notices of a quota without months away. */
  private static final String RELEASE =
      "DELETE FROM quota_notices WHERE account_no = :account AND quota = :quota AND month = 0";

  /** Takes those of other months away. */
  private static final String FORGET =
      "DELETE FROM quota_notices WHERE month > 0 AND month < :month";

  /** Accounts that have used much of a month, by what is recorded, and were not told everything. */
  private static final String USED =
      """
      SELECT a.no, a.max_validations_per_month AS quota, SUM(u.validations) AS used,
        EXISTS (SELECT 1 FROM quota_notices n WHERE n.account_no = a.no
          AND n.quota = 'max_validations_per_month' AND n.type = 'quota.warning'
          AND n.month = :month) AS warned
      FROM accounts a JOIN account_usage u ON u.account_no = a.no AND u.month = :month
        AND u.node_no >= 0
      WHERE a.max_validations_per_month IS NOT NULL AND a.status <> 'deleted'
        AND NOT EXISTS (SELECT 1 FROM quota_notices n WHERE n.account_no = a.no
          AND n.quota = 'max_validations_per_month' AND n.type = 'quota.exceeded'
          AND n.month = :month)
      GROUP BY a.no, a.max_validations_per_month
      HAVING SUM(u.validations) * 100 >= a.max_validations_per_month * :percent
      """;

  private final Handle handle;

  SqlNoticeStore(Handle handle) {
    this.handle = handle;
  }

  @Override
  public Optional<Instant> toldAt(LimitReached limit) {
    return handle
        .createQuery(TOLD_AT)
        .bind("license", limit.licenseNo())
        .bind("kind", limit.kind())
        .map((row, context) -> Rows.instant(row, "at"))
        .findOne();
  }

  @Override
  public boolean claim(LimitReached limit, Instant unlessAfter, Instant now) {
    return handle
            .createUpdate(CLAIM_LIMIT)
            .bind("license", limit.licenseNo())
            .bind("kind", limit.kind())
            .bind("unless_after", unlessAfter.toEpochMilli())
            .bind("now", now.toEpochMilli())
            .execute()
        > 0;
  }

  @Override
  public boolean claim(
      long accountNo, String quota, EventType type, @Nullable YearMonth month, Instant now) {
    return handle
            .createUpdate(CLAIM_QUOTA)
            .bind("account", accountNo)
            .bind("quota", quota)
            .bind("type", type.text())
            .bind("month", month == null ? 0 : MonthlyUse.number(month))
            .bind("now", now.toEpochMilli())
            .execute()
        > 0;
  }

  @Override
  public boolean isTold(long accountNo, String quota, EventType type) {
    return handle
        .createQuery(IS_TOLD)
        .bind("account", accountNo)
        .bind("quota", quota)
        .bind("type", type.text())
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }

  @Override
  public void release(long accountNo, String quota) {
    handle.createUpdate(RELEASE).bind("account", accountNo).bind("quota", quota).execute();
  }

  @Override
  public List<MonthlyUsed> used(YearMonth month, int percent) {
    return handle
        .createQuery(USED)
        .bind("month", MonthlyUse.number(month))
        .bind("percent", percent)
        .map((row, context) ->
            new MonthlyUsed(
                row.getLong("no"),
                row.getLong("quota"),
                row.getLong("used"),
                row.getBoolean("warned")))
        .list();
  }

  @Override
  public void forget(YearMonth before) {
    handle.createUpdate(FORGET).bind("month", MonthlyUse.number(before)).execute();
  }
}
