package dev.licet.cache;

import dev.licet.domain.event.Change;
import dev.licet.domain.event.ChangeListener;
import dev.licet.domain.validation.LicenseSnapshot;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Which licences, plans, products and accounts changed lately. What was read from the database
 * before a change does not count after it, also when the reading and the change crossed: a reader
 * notes the {@link #position} first and reads then.
 */
final class RecentChanges implements ChangeListener {
  private final AtomicLong position = new AtomicLong();
  private final ChangedNumbers licenses = new ChangedNumbers();
  private final ChangedNumbers seats = new ChangedNumbers();
  private final ChangedNumbers plans = new ChangedNumbers();
  private final ChangedNumbers products = new ChangedNumbers();
  private final ChangedNumbers accounts = new ChangedNumbers();
  private final long keepNanos;
  private final Runnable keyAdded;

  private final AtomicLong everythingAt = new AtomicLong();
  private volatile long lastCleaned = System.nanoTime();
  private long positionThen;

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
        && !seats.changedSince(readAt, license.no())
        && !isKnownToHaveChanged(readAt, license);
  }

  /**
   * Whether a change since {@code readAt} was heard of that may take something from the licence:
   * not only that some were missed, or that a seat was taken.
   */
  boolean isKnownToHaveChanged(long readAt, LicenseSnapshot license) {
    return licenses.changedSince(readAt, license.no())
        || plans.changedSince(readAt, license.planNo())
        || products.changedSince(readAt, license.productNo())
        || accounts.changedSince(readAt, license.accountNo());
  }

  @Override
  public void changed(Change change) {
    long at = position.incrementAndGet();
    switch (change.kind()) {
      case LICENSE -> licenses.changed(change.no(), at);
      case SEAT_TAKEN -> seats.changed(change.no(), at);
      case PLAN -> plans.changed(change.no(), at);
      case PRODUCT -> products.changed(change.no(), at);
      case ACCOUNT -> accounts.changed(change.no(), at);
      case KEY_ADDED -> keyAdded.run();
      case API_KEY, EVENT, DELIVERY -> {}
    }
    forgetOld(System.nanoTime());
  }

  @Override
  public void everythingChanged() {
    everythingAt.accumulateAndGet(position.incrementAndGet(), Math::max);
    keyAdded.run();
  }

  private void forgetOld(long now) {
    if (now - lastCleaned > keepNanos) {
      forget(now);
    }
  }

  /** Forgets what had changed when this was done before. */
  private synchronized void forget(long now) {
    if (now - lastCleaned > keepNanos) {
      lastCleaned = now;
      for (var changes : List.of(licenses, seats, plans, products, accounts)) {
        changes.forget(positionThen);
      }
      positionThen = position.get();
    }
  }
}
