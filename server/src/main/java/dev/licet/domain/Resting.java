package dev.licet.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/**
 * Answers that take long to find. Each is found again only after twenty times as long, or a quarter
 * of an hour: however often it is asked for, it takes a twentieth of one reader.
 */
public final class Resting<K, V> {
  private static final int REST = 20;
  private static final Duration LONGEST = Duration.ofMinutes(15);

  private final ConcurrentMap<K, Known<V>> known = new ConcurrentHashMap<>();

  /**
   * An answer.
   *
   * @param at when it was found
   * @param until when it is found again
   */
  public record Known<V>(V value, Instant at, Instant until) {
    boolean holds(Instant now) {
      return now.isBefore(until) && !now.isBefore(at);
    }
  }

  /** The answer that is known, or a new one. */
  public Known<V> get(K question, Instant now, Supplier<V> finder) {
    Known<V> before = known.get(question);
    if (before != null && before.holds(now)) {
      return before;
    }
    long begin = System.nanoTime();
    V value = finder.get();
    Duration rest = Duration.ofNanos(System.nanoTime() - begin).multipliedBy(REST);
    Known<V> fresh =
        new Known<>(value, now, now.plus(rest.compareTo(LONGEST) < 0 ? rest : LONGEST));
    known.values().removeIf(old -> old.until().isBefore(now));
    known.put(question, fresh);
    return fresh;
  }
}
