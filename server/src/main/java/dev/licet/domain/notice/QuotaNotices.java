package dev.licet.domain.notice;

import dev.licet.domain.Stores;
import dev.licet.domain.Tenant;
import dev.licet.domain.Transactions;
import dev.licet.domain.account.Account;
import dev.licet.domain.event.Actor;
import dev.licet.domain.event.Event;
import dev.licet.domain.event.EventType;
import dev.licet.domain.id.Ids;
import dev.licet.domain.notice.NoticeStore.MonthlyUsed;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Tells accounts how far their quotas are used: of the month's validations once when four fifths
 * are used and once when all are; of licences each time that four fifths are passed, and once when
 * one is refused, until there is room again.
 *
 * <p>Months are looked at in the database, where all nodes have written down what they counted.
 */
public final class QuotaNotices {
  /** From which part on an account is warned. */
  private static final int WARNING_PERCENT = 80;

  private static final String LICENSES = "max_licenses";
  private static final String VALIDATIONS = "max_validations_per_month";
  private static final int MAX_WAITING = 10_000;

  private final Transactions transactions;
  private final Ids ids;
  private final InstantSource clock;
  private final Set<Long> refused = ConcurrentHashMap.newKeySet();

  public QuotaNotices(Transactions transactions, Ids ids, InstantSource clock) {
    this.transactions = transactions;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * Takes the report that an account may have no more licences. It is told later: what was refused
   * is undone, and all that its transaction wrote.
   */
  public void licenseRefused(long accountNo) {
    if (refused.size() < MAX_WAITING) {
      refused.add(accountNo);
    }
  }

  /**
   * To be called when licences begin to count, with the account locked.
   *
   * @param before how many there were
   * @param after how many there are now
   */
  public void licensesAdded(
      Stores stores, Account account, long before, long after, int limit, Instant now) {
    stores.notices().release(account.no(), LICENSES);
    if (!isWarning(before, limit) && isWarning(after, limit)) {
      tell(stores, account, EventType.QUOTA_WARNING, new Use(LICENSES, limit, after, null), now);
    }
  }

  /**
   * Tells what there is to tell.
   *
   * @throws dev.licet.domain.StoreUnavailableException when the database does not answer; what is
   *     left is told the next time
   */
  public void run() {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    for (long accountNo : List.copyOf(refused)) {
      if (!transactions.read(stores -> isTold(stores, accountNo))) {
        transactions.run(stores -> tellRefused(stores, accountNo, now));
      }
      refused.remove(accountNo);
    }
    YearMonth month = YearMonth.from(now.atOffset(ZoneOffset.UTC));
    List<MonthlyUsed> all =
        transactions.read(stores -> stores.notices().used(month, WARNING_PERCENT));
    for (MonthlyUsed used : all) {
      transactions.run(stores -> tellMonth(stores, used, month, now));
    }
  }

  private static boolean isTold(Stores stores, long accountNo) {
    return stores.notices().isTold(accountNo, LICENSES, EventType.QUOTA_EXCEEDED);
  }

  private void tellRefused(Stores stores, long accountNo, Instant now) {
    Account account = stores.accounts().lock(accountNo).orElse(null);
    Integer limit = account == null ? null : account.quota().maxLicenses();
    if (account == null || limit == null) {
      return;
    }
    long count = stores.accounts().countLicenses(new Tenant(accountNo, true), now);
    boolean full = count >= limit;
    if (full && stores.notices().claim(accountNo, LICENSES, EventType.QUOTA_EXCEEDED, null, now)) {
      tell(stores, account, EventType.QUOTA_EXCEEDED, new Use(LICENSES, limit, count, null), now);
    }
  }

  private void tellMonth(Stores stores, MonthlyUsed used, YearMonth month, Instant now) {
    Account account = stores.accounts().find(used.accountNo()).orElse(null);
    if (account == null) {
      return;
    }
    Use use = new Use(VALIDATIONS, used.limit(), used.used(), month);
    if (!used.warned()) {
      tellMonth(stores, account, EventType.QUOTA_WARNING, use, now);
    }
    if (used.used() >= used.limit()) {
      tellMonth(stores, account, EventType.QUOTA_EXCEEDED, use, now);
    }
  }

  private void tellMonth(Stores stores, Account account, EventType type, Use use, Instant now) {
    if (stores.notices().claim(account.no(), VALIDATIONS, type, use.month(), now)) {
      tell(stores, account, type, use, now);
    }
  }

  /** How far a quota is used. */
  private record Use(String quota, long limit, long used, @Nullable YearMonth month) {
    Map<String, Object> details() {
      Map<String, Object> details = new LinkedHashMap<>();
      details.put("name", quota);
      details.put("limit", limit);
      details.put("used", used);
      if (month != null) {
        details.put("month", month.toString());
      }
      return details;
    }
  }

  private void tell(Stores stores, Account account, EventType type, Use use, Instant now) {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("account", Map.of("id", account.id()));
    details.put("quota", use.details());
    stores
        .outbox()
        .append(
            Event.ofTenant(
                ids.next(Ids.EVENT),
                type,
                now,
                new Tenant(account.no(), true),
                details,
                null,
                Actor.SYSTEM));
  }

  private static boolean isWarning(long used, long limit) {
    return used * 100 >= limit * WARNING_PERCENT;
  }
}
