package dev.licet.http.api;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Room for the imports of a node. An import may last as long as its client likes, so one account
 * has a part of the room only.
 */
final class ImportPlaces {
  private static final int ALL = 4;
  private static final int OF_ACCOUNT = 2;

  private final Map<Long, Integer> running = new HashMap<>();
  private int taken;

  /**
   * Takes a place, to be {@linkplain #leave left} at the end.
   *
   * @return {@code null}, or what is in the way when no place is taken
   */
  synchronized @Nullable String take(long accountNo) {
    int own = running.getOrDefault(accountNo, 0);
    if (own == OF_ACCOUNT) {
      return OF_ACCOUNT + " imports of the account are running.";
    }
    if (taken == ALL) {
      return ALL + " imports are running.";
    }
    running.put(accountNo, own + 1);
    taken++;
    return null;
  }

  synchronized void leave(long accountNo) {
    running.computeIfPresent(accountNo, (account, own) -> own == 1 ? null : own - 1);
    taken--;
  }
}
