package dev.licet.domain.usage;

import dev.licet.domain.Recurring;
import dev.licet.domain.Transactions;
import java.time.Duration;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * How many validations accounts with a limit have had this month. Kept in memory, so that a
 * validation asks no database: what this node admits is counted at once, what others have committed
 * is read every second.
 *
 * <p>A validation is counted before it is recorded, so that of many at once none is too many. What
 * is not recorded in the end is given back.
 */
public final class MonthlyQuota implements AutoCloseable {
  private static final Duration REFRESH = Duration.ofSeconds(1);

  /** An account that nobody asks for any more is forgotten after so long. */
  private static final long IDLE_MILLIS = 60_000;

  private final Transactions transactions;
  private final InstantSource clock;
  private final long nodeNo;
  private final ConcurrentMap<Long, Count> counts = new ConcurrentHashMap<>();
  private final Recurring refresh;

  /**
   * @param nodeNo the number by which this process records validations
   */
  public MonthlyQuota(Transactions transactions, InstantSource clock, long nodeNo) {
    this.transactions = transactions;
    this.clock = clock;
    this.nodeNo = nodeNo;
    this.refresh = Recurring.start("monthly-quota", REFRESH, this::refresh);
  }

  /** What an account has used of one month. */
  private static final class Count {
    final YearMonth month;
    final long monthStart;
    final long monthEnd;
    final AtomicLong own;
    volatile long others;
    volatile long askedAt;

    Count(YearMonth month, long own, long others, long nowMillis) {
      this.month = month;
      this.monthStart = start(month);
      this.monthEnd = start(month.plusMonths(1));
      this.own = new AtomicLong(own);
      this.others = others;
      this.askedAt = nowMillis;
    }

    boolean covers(long atMillis) {
      return atMillis >= monthStart && atMillis < monthEnd;
    }

    private static long start(YearMonth month) {
      return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
    }
  }

  /** Whether the account's use of this month is known. Never blocks. */
  public boolean knows(long accountNo) {
    return current(accountNo, clock.millis()) != null;
  }

  /**
   * Reads the account's use of this month unless it is known. Blocks.
   *
   * @throws dev.licet.domain.StoreUnavailableException when the database does not answer
   */
  public void load(long accountNo) {
    long now = clock.millis();
    if (current(accountNo, now) != null) {
      return;
    }
    YearMonth month = month(now);
    List<Long> one = List.of(accountNo);
    Count read =
        transactions.read(stores -> {
          long all = stores.usage().validationsIn(month, one, 0).getOrDefault(accountNo, 0L);
          long others =
              stores.usage().validationsIn(month, one, nodeNo).getOrDefault(accountNo, 0L);
          return new Count(month, all - others, others, now);
        });
    counts.merge(
        accountNo, read, (known, newer) -> known.month.equals(newer.month) ? known : newer);
  }

  /**
   * Counts one validation of an account whose use is known; of any other it says yes. Never blocks.
   *
   * @return false, counting nothing, when the quota is used up
   */
  public boolean admit(long accountNo, long quota) {
    long now = clock.millis();
    Count count = current(accountNo, now);
    if (count == null) {
      return true;
    }
    count.askedAt = now;
    while (true) {
      long own = count.own.get();
      if (own + count.others >= quota) {
        return false;
      }
      if (count.own.compareAndSet(own, own + 1)) {
        return true;
      }
    }
  }

  /** Gives back what {@link #admit} counted, since nothing was recorded. */
  public void giveBack(long accountNo) {
    Count count = current(accountNo, clock.millis());
    if (count != null) {
      count.own.decrementAndGet();
    }
  }

  /**
   * Reads the account's use anew before it is asked for again: it is not known what was recorded.
   */
  public void forget(long accountNo) {
    counts.remove(accountNo);
  }

  private @Nullable Count current(long accountNo, long nowMillis) {
    Count count = counts.get(accountNo);
    return count != null && count.covers(nowMillis) ? count : null;
  }

  private static YearMonth month(long atMillis) {
    return MonthlyUse.month(MonthlyUse.day(atMillis));
  }

  private void refresh() {
    long now = clock.millis();
    YearMonth month = month(now);
    counts.values().removeIf(count -> !count.covers(now) || now - count.askedAt > IDLE_MILLIS);
    if (counts.isEmpty()) {
      return;
    }
    List<Long> accounts = List.copyOf(counts.keySet());
    Map<Long, Long> others =
        transactions.read(stores -> stores.usage().validationsIn(month, accounts, nodeNo));
    others.forEach((account, used) -> {
      Count count = counts.get(account);
      if (count != null && count.month.equals(month)) {
        count.others = used;
      }
    });
  }

  @Override
  public void close() {
    refresh.close();
  }
}
