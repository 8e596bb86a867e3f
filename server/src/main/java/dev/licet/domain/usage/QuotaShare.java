package dev.licet.domain.usage;

import dev.licet.domain.usage.MonthlyQuota.Admission;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

/** A node's share of what is left of an account's quota, counted down by its validations. */
final class QuotaShare {
  /** A share is one part in so many of what is left: several nodes find one each. */
  private static final long PART = 16;

  private static final long LARGEST = 10_000;

  /** An empty quota is looked at again after so long: another node may have given some back. */
  private static final long EMPTY_MILLIS = 1_000;

  /** A share that nobody asks for is given back after so long. */
  private static final long IDLE_MILLIS = 600_000;

  /** After so long already, when it is more than its part of what is left. */
  private static final long RESTING_MILLIS = 1_000;

  private final YearMonth month;
  private final long monthStart;
  private final long monthEnd;
  private final long quota;
  private final long emptyUntil;
  private final AtomicLong left;
  private final AtomicLong doubts = new AtomicLong();
  private volatile long askedAt;

  /**
   * @param unused what was not used of it
   * @param doubtful how many were counted that failed: whether they were recorded is not known
   */
  record Rest(long unused, long doubtful) {
    static final Rest NONE = new Rest(0, 0);
  }

  QuotaShare(YearMonth month, long quota, long size, long nowMillis) {
    this.month = month;
    this.monthStart = start(month);
    this.monthEnd = start(month.plusMonths(1));
    this.quota = quota;
    this.emptyUntil = size == 0 ? nowMillis + EMPTY_MILLIS : nowMillis;
    this.left = new AtomicLong(size);
    this.askedAt = nowMillis;
  }

  /** How large a share is when so much is left. */
  static long size(long left) {
    return left <= 0 ? 0 : Math.clamp(left / PART, 1, LARGEST);
  }

  private static long start(YearMonth month) {
    return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
  }

  YearMonth month() {
    return month;
  }

  boolean covers(long atMillis) {
    return atMillis >= monthStart && atMillis < monthEnd;
  }

  /** Whether it tells anything about an account that now has this quota. */
  boolean isFor(long currentQuota, long nowMillis) {
    return quota == currentQuota && doubts.get() == 0 && covers(nowMillis);
  }

  Admission take(long nowMillis) {
    askedAt = nowMillis;
    while (true) {
      long before = left.get();
      if (before <= 0) {
        return nowMillis < emptyUntil ? Admission.REFUSED : Admission.UNKNOWN;
      }
      if (left.compareAndSet(before, before - 1)) {
        return Admission.ADMITTED;
      }
    }
  }

  void giveBack() {
    left.incrementAndGet();
  }

  void doubt() {
    doubts.incrementAndGet();
  }

  /** Takes all that is left, and the doubts. */
  Rest empty() {
    return new Rest(left.getAndSet(0), doubts.getAndSet(0));
  }

  /** Undoes {@link #empty}, of this share or of the one before. */
  void restore(Rest rest) {
    doubts.addAndGet(rest.doubtful());
    left.addAndGet(rest.unused());
  }

  /** Whether the database has to hear what became of it. */
  boolean holdsAny() {
    return left.get() > 0 || doubts.get() > 0;
  }

  /**
   * Whether others have more use for it.
   *
   * @param recorded by all nodes
   */
  boolean isFreeable(long recorded, long nowMillis) {
    long idle = nowMillis - askedAt;
    return idle >= IDLE_MILLIS || (idle >= RESTING_MILLIS && left.get() > size(quota - recorded));
  }
}
