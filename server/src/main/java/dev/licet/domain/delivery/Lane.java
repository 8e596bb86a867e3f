package dev.licet.domain.delivery;

/**
 * One webhook, as the dispatcher sees it: how many messages are on their way to it, and how many
 * may be. One that succeeds gets more at once, one that fails gets a single one until it succeeds,
 * and a pause after each failure: a dead receiver holds next to nothing.
 */
final class Lane {
  /** Messages at once to a receiver that takes them. */
  static final int WIDEST = 10;

  private static final int FIRST = 2;

  /** The longest pause is so often the first one doubled. */
  private static final int DOUBLINGS = 4;

  private final long webhookNo;
  private long accountNo;
  private int width = FIRST;
  private int running;
  private int failures;
  private long pausedUntil;
  private boolean ready;

  Lane(long webhookNo) {
    this.webhookNo = webhookNo;
  }

  long webhookNo() {
    return webhookNo;
  }

  /** Whose it is; 0 while that is not known. */
  long accountNo() {
    return accountNo;
  }

  void belongsTo(long newAccountNo) {
    accountNo = newAccountNo;
  }

  int running() {
    return running;
  }

  boolean failing() {
    return failures > 0;
  }

  /** How many messages it can take now. */
  int room(long now) {
    return ready && pause(now) == 0 ? Math.max(0, width - running) : 0;
  }

  /** For how many nanoseconds it gets nothing. */
  long pause(long now) {
    return failing() ? Math.max(0, pausedUntil - now) : 0;
  }

  /** Whether nothing is to be remembered of it. */
  boolean idle() {
    return !ready && !failing() && running == 0;
  }

  /** Notes whether something may be due at it. */
  void ready(boolean isReady) {
    ready = isReady;
  }

  void began() {
    running++;
  }

  /**
   * @param longestPause in nanoseconds
   */
  void ended(DeliveryQueue.Outcome outcome, long now, long longestPause) {
    running--;
    switch (outcome) {
      case SUCCEEDED -> {
        failures = 0;
        width = Math.min(WIDEST, width + 1);
      }
      case RETRIED, FAILED, GONE -> {
        pausedUntil = now + (longestPause >> Math.max(0, DOUBLINGS - failures));
        failures++;
        width = 1;
      }
      case RETURNED -> {}
    }
  }
}
