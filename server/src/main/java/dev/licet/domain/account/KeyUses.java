package dev.licet.domain.account;

import dev.licet.domain.Transactions;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which API keys were used lately. They are noted in memory and written together now and then, so
 * that a call costs no write.
 */
public final class KeyUses {
  private final Transactions transactions;
  private final InstantSource clock;
  private volatile Window window;

  /** Keys that were used from a moment on. */
  private static final class Window {
    final Instant from;
    final Set<Long> keyNos = ConcurrentHashMap.newKeySet();

    Window(Instant from) {
      this.from = from;
    }
  }

  public KeyUses(Transactions transactions, InstantSource clock) {
    this.transactions = transactions;
    this.clock = clock;
    this.window = fresh();
  }

  void note(long keyNo) {
    Window noted = window;
    noted.keyNos.add(keyNo);
    if (noted != window) {
      window.keyNos.add(keyNo); // the other one may have been written already
    }
  }

  /**
   * Writes what was noted since the last time. Called at least once a minute, for the times to be
   * exact to a minute.
   */
  public void flush() {
    Window full = window;
    window = fresh();
    if (full.keyNos.isEmpty()) {
      return;
    }
    try {
      transactions.run(stores -> stores.apiKeys().noteUse(full.keyNos, full.from));
    } catch (RuntimeException e) {
      window.keyNos.addAll(full.keyNos);
      throw e;
    }
  }

  private Window fresh() {
    return new Window(clock.instant().truncatedTo(ChronoUnit.SECONDS));
  }
}
