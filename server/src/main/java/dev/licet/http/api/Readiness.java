package dev.licet.http.api;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Which parts of the server are up. They are looked at once a second at most, since that costs the
 * database something; all who ask meanwhile, or while it is looked, share what was seen.
 */
final class Readiness {
  private static final long FRESH_NANOS = 1_000_000_000L;

  private final Map<String, BooleanSupplier> checks;
  private final LongSupplier nanoTime;
  private final ReentrantLock looking = new ReentrantLock();
  private volatile @Nullable Seen last;

  private record Seen(Map<String, Boolean> parts, long atNanos) {}

  /**
   * @param checks what must be so for the server to be ready, by name; may block
   * @param nanoTime a clock such as {@link System#nanoTime}
   */
  Readiness(Map<String, BooleanSupplier> checks, LongSupplier nanoTime) {
    this.checks = checks;
    this.nanoTime = nanoTime;
  }

  /** Whether each part is up, as of a second ago at most. Blocks while it is looked. */
  Map<String, Boolean> now() {
    Seen seen = fresh();
    if (seen != null) {
      return seen.parts();
    }
    looking.lock();
    try {
      seen = fresh();
      if (seen == null) {
        seen = look();
        last = seen;
      }
      return seen.parts();
    } finally {
      looking.unlock();
    }
  }

  private @Nullable Seen fresh() {
    Seen seen = last;
    return seen != null && nanoTime.getAsLong() - seen.atNanos() < FRESH_NANOS ? seen : null;
  }

  private Seen look() {
    Map<String, Boolean> parts = new LinkedHashMap<>();
    checks.forEach((name, check) -> parts.put(name, check.getAsBoolean()));
    return new Seen(parts, nanoTime.getAsLong());
  }
}
