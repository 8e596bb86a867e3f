package dev.licet.cache;

import dev.licet.domain.event.Change;
import dev.licet.domain.event.ChangeListener;
import dev.licet.domain.validation.LicenseSnapshot;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Which licences, plans, products and accounts changed lately. What was read from the database
 * before a change does not count after it, also when the reading and the change crossed: a reader
 * notes the {@link #position} first and reads then.
 */
final class RecentChanges implements ChangeListener {
  private final AtomicLong position = new AtomicLong();
  private final ConcurrentMap<Long, Stamp> licenses = new ConcurrentHashMap<>();
  private final ConcurrentMap<Long, Stamp> seats = new ConcurrentHashMap<>();
  private final ConcurrentMap<Long, Stamp> plans = new ConcurrentHashMap<>();
  private final ConcurrentMap<Long, Stamp> products = new ConcurrentHashMap<>();
  private final ConcurrentMap<Long, Stamp> accounts = new ConcurrentHashMap<>();
  private final long keepNanos;
  private final Runnable keyAdded;

  private final AtomicLong everythingAt = new AtomicLong();
  private volatile long lastCleaned = System.nanoTime();

  private record Stamp(long position, long nanos) {
    /** Two threads may note their changes in another order than they were counted in. */
    static Stamp later(Stamp a, Stamp b) {
      return a.position >= b.position ? a : b;
    }
  }

  /**
   * @param keepNanos how long anything that was read may still be in use
   * @param keyAdded called when a key came into use
   */
  RecentChanges(long keepNanos, Runnable keyAdded) {
    this.keepNanos = keepNanos;
    this.keyAdded = keyAdded;
  }

  /** To be noted before reading what is checked with {@link #isCurrent}. */
  long position() {
    return position.get();
  }

  /**
   * Whether neither the licence with its seats nor its plan, product or account has changed since
   * {@code readAt}.
   */
  boolean isCurrent(long readAt, LicenseSnapshot license) {
    if (readAt == position.get()) {
      return true; // nothing at all changed, the usual case: no look-ups
    }
    return readAt >= everythingAt.get()
        && !changedSince(readAt, seats, license.no())
        && !isKnownToHaveChanged(readAt, license);
  }

  /**
   * Whether a change since {@code readAt} was heard of that may take something from the licence:
   * not only that some were missed, or that a seat was taken.
   */
  boolean isKnownToHaveChanged(long readAt, LicenseSnapshot license) {
    return changedSince(readAt, licenses, license.no())
        || changedSince(readAt, plans, license.planNo())
        || changedSince(readAt, products, license.productNo())
        || changedSince(readAt, accounts, license.accountNo());
  }

  private static boolean changedSince(long readAt, ConcurrentMap<Long, Stamp> changes, long no) {
    if (changes.isEmpty()) {
      return false; // the usual case, which makes no object of the number
    }
    Stamp change = changes.get(no);
    return change != null && change.position() > readAt;
  }

  @Override
  public void changed(Change change) {
    Stamp stamp = new Stamp(position.incrementAndGet(), System.nanoTime());
    switch (change.kind()) {
      case LICENSE -> licenses.merge(change.no(), stamp, Stamp::later);
      case SEAT_TAKEN -> seats.merge(change.no(), stamp, Stamp::later);
      case PLAN -> plans.merge(change.no(), stamp, Stamp::later);
      case PRODUCT -> products.merge(change.no(), stamp, Stamp::later);
      case ACCOUNT -> accounts.merge(change.no(), stamp, Stamp::later);
      case KEY_ADDED -> keyAdded.run();
      case API_KEY, EVENT, DELIVERY -> {}
    }
    forgetOld(stamp.nanos());
  }

  @Override
  public void everythingChanged() {
    everythingAt.accumulateAndGet(position.incrementAndGet(), Math::max);
    keyAdded.run();
  }

  private void forgetOld(long now) {
    if (now - lastCleaned > keepNanos) {
      lastCleaned = now;
      for (var changes : List.of(licenses, seats, plans, products, accounts)) {
        changes.values().removeIf(stamp -> now - stamp.nanos() > keepNanos);
      }
    }
  }
}
