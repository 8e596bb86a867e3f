package dev.licet.domain.usage;

import dev.licet.domain.Recurring;
import dev.licet.domain.Transactions;
import dev.licet.domain.usage.QuotaGrants.Taken;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Holds accounts to the validations that they may have in a month, on all nodes together.
 *
 * <p>Each node has a share of what is left, which the database granted it, and counts it down in
 * memory: a validation waits for the database only when the share is used up. A share is a part of
 * what is left, so that shares get smaller towards the end and the last ones are of one validation.
 * What is granted and not used is given back.
 */
public final class MonthlyQuota implements AutoCloseable {
  private static final Duration REFRESH = Duration.ofSeconds(1);

  /** A node that was not seen for so long is gone: what it was granted and did not use is free. */
  private static final Duration GONE = Duration.ofMinutes(1);

  /** Locks by account, so that one thread asks for what all of a node's validations need. */
  private static final int LOCKS = 64;

  private final Transactions transactions;
  private final InstantSource clock;
  private final long nodeNo;
  private final ConcurrentMap<Long, QuotaShare> shares = new ConcurrentHashMap<>();
  private final List<ReentrantLock> locks;
  private final Recurring refresh;

  /** Whether a validation may be recorded. */
  public enum Admission {
    ADMITTED,
    REFUSED,
    /** The database has to be asked: see {@link #admitWaiting}. */
    UNKNOWN
  }

  /**
   * @param nodeNo the number by which this process records validations
   */
  public MonthlyQuota(Transactions transactions, InstantSource clock, long nodeNo) {
    this.transactions = transactions;
    this.clock = clock;
    this.nodeNo = nodeNo;
    this.locks = Stream.generate(ReentrantLock::new).limit(LOCKS).toList();
    this.refresh = Recurring.start("monthly-quota", REFRESH, this::refresh);
  }

  /** Counts one validation, if this node's share is known to hold one. Never blocks. */
  public Admission admit(long accountNo, long quota) {
    QuotaShare share = shares.get(accountNo);
    long now = clock.millis();
    return share == null || !share.isFor(quota, now) ? Admission.UNKNOWN : share.take(now);
  }

  /**
   * Counts one validation, and asks the database for more when this node's share is used up.
   * Blocks.
   *
   * @return false, counting nothing, when the quota is used up
   * @throws dev.licet.domain.StoreUnavailableException when the database does not answer
   */
  public boolean admitWaiting(long accountNo, long quota) {
    ReentrantLock lock = lock(accountNo);
    try {
      Admission admission = admit(accountNo, quota);
      while (admission == Admission.UNKNOWN) {
        renew(accountNo, quota);
        admission = admit(accountNo, quota);
      }
      return admission == Admission.ADMITTED;
    } finally {
      lock.unlock();
    }
  }

  /** Gives back what was counted, since nothing was recorded. */
  public void giveBack(long accountNo) {
    QuotaShare share = shares.get(accountNo);
    if (share != null && share.covers(clock.millis())) {
      share.giveBack();
    }
  }

  /** Has what was recorded looked up: of one that was counted, nobody knows. */
  public void forget(long accountNo) {
    QuotaShare share = shares.get(accountNo);
    if (share != null) {
      share.doubt();
    }
  }

  private ReentrantLock lock(long accountNo) {
    ReentrantLock lock = locks.get(Long.hashCode(accountNo) & (LOCKS - 1));
    lock.lock();
    return lock;
  }

  private void renew(long accountNo, long quota) {
    long now = clock.millis();
    YearMonth month = MonthlyUse.month(MonthlyUse.day(now));
    QuotaShare known = shares.get(accountNo);
    QuotaShare before = known != null && known.covers(now) ? known : null;
    long size = exchange(accountNo, month, before, quota);
    QuotaShare after = new QuotaShare(month, quota, size, now);
    shares.put(accountNo, after);
    if (before != null) {
      after.restore(before.empty()); // what was given back or doubted meanwhile
    }
  }

  /** Gives an old share back and takes a new one; how large that is. */
  private long exchange(long accountNo, YearMonth month, @Nullable QuotaShare before, long quota) {
    Instant aliveSince = clock.instant().minus(GONE);
    QuotaShare.Rest rest = before == null ? QuotaShare.Rest.NONE : before.empty();
    try {
      return transactions.write(stores -> {
        Taken taken = stores.grants().lock(accountNo, month, nodeNo, aliveSince);
        // What is in flight counts though it is not recorded yet, what failed only if it is.
        long own = taken.granted() - rest.unused() - rest.doubtful();
        own = Math.max(own, taken.recorded());
        long size = QuotaShare.size(quota - own - taken.others());
        if (own + size != taken.granted()) {
          stores.grants().grant(accountNo, month, nodeNo, own + size);
        }
        return size;
      });
    } catch (RuntimeException e) {
      if (before != null) {
        before.restore(rest);
      }
      throw e;
    }
  }

  /** Gives back what nobody asks for, as soon as it is much of what is left. */
  private void refresh() {
    long now = clock.millis();
    shares.values().removeIf(share -> !share.covers(now));
    if (shares.isEmpty()) {
      return;
    }
    List<Long> accounts = List.copyOf(shares.keySet());
    YearMonth month = MonthlyUse.month(MonthlyUse.day(now));
    Map<Long, Long> recorded =
        transactions.read(stores -> stores.usage().validationsIn(month, accounts));
    for (long accountNo : accounts) {
      QuotaShare share = shares.get(accountNo);
      if (share != null && share.isFreeable(recorded.getOrDefault(accountNo, 0L), now)) {
        release(accountNo);
      }
    }
  }

  private void release(long accountNo) {
    ReentrantLock lock = lock(accountNo);
    try {
      QuotaShare share = shares.get(accountNo);
      if (share != null && share.holdsAny()) {
        exchange(accountNo, share.month(), share, 0);
      }
      shares.remove(accountNo);
    } finally {
      lock.unlock();
    }
  }

  /** Gives back what was granted. To be called when nothing is recorded any more. */
  @Override
  public void close() {
    refresh.close();
    List.copyOf(shares.keySet()).forEach(this::release);
  }
}
