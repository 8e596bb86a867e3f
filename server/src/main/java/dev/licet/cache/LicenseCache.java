package dev.licet.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.licet.domain.event.ChangeListener;
import dev.licet.domain.validation.LicenseSnapshot;
import dev.licet.domain.validation.RateGate;
import dev.licet.domain.validation.SnapshotSource;
import dev.licet.domain.validation.Snapshots;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Keeps snapshots in memory: for a while after they were read, as many as a bound on their weight
 * allows, and never past a change. Unknown keys are remembered for a moment, so that a burst of the
 * same one asks the database once.
 */
public final class LicenseCache implements Snapshots {
  private static final Duration UNKNOWN_FOR = Duration.ofSeconds(2);
  private static final int MAX_UNKNOWN = 10_000;

  /** Bytes around an entry: the cache's own node, the key's text, the gate. */
  private static final int ENTRY_OVERHEAD = 250;

  private final SnapshotSource source;
  private final Cache<String, Entry> entries;
  private final Cache<String, Boolean> unknown;
  private final RecentChanges changes;

  private record Entry(Known.Licensed known, long readAt) {}

  /**
   * @param timeToLive how long a snapshot is used at most
   * @param maxBytes what all snapshots may weigh together, roughly
   */
  public LicenseCache(SnapshotSource source, Duration timeToLive, long maxBytes) {
    this.source = source;
    this.entries =
        Caffeine.newBuilder()
            .expireAfterWrite(timeToLive)
            .maximumWeight(maxBytes)
            .weigher((String key, Entry entry) -> weight(entry))
            .executor(Runnable::run) // its upkeep is short; another thread costs more to wake
            .build();
    this.unknown =
        Caffeine.newBuilder().expireAfterWrite(UNKNOWN_FOR).maximumSize(MAX_UNKNOWN).build();
    this.changes = new RecentChanges(timeToLive.toNanos() * 2, unknown::invalidateAll);
  }

  /** What must hear of changes. */
  public ChangeListener listener() {
    return changes;
  }

  /** Snapshots that are held now, roughly. */
  public long size() {
    return entries.estimatedSize();
  }

  @Override
  public @Nullable Known peek(String canonicalKey) {
    Entry entry = entries.getIfPresent(canonicalKey);
    if (entry != null && isCurrent(entry)) {
      return entry.known();
    }
    if (entry == null && unknown.getIfPresent(canonicalKey) != null) {
      return Known.Unknown.INSTANCE;
    }
    return null;
  }

  @Override
  public Known load(String canonicalKey) {
    Known known = peek(canonicalKey);
    return known == null ? reload(canonicalKey) : known;
  }

  @Override
  public Known reload(String canonicalKey) {
    Entry before = entries.getIfPresent(canonicalKey);
    long readAt = changes.position();
    LicenseSnapshot license = source.find(canonicalKey);
    if (license == null) {
      entries.invalidate(canonicalKey);
      rememberUnknown(canonicalKey, readAt);
      return Known.Unknown.INSTANCE;
    }
    RateGate gate = before == null ? new RateGate(System.nanoTime()) : before.known().gate();
    Known.Licensed known = new Known.Licensed(license, gate);
    entries.put(canonicalKey, new Entry(known, readAt));
    return known;
  }

  /** Unless a key was added while the database was asked: it may be this one. */
  private void rememberUnknown(String canonicalKey, long readAt) {
    unknown.put(canonicalKey, Boolean.TRUE);
    if (changes.position() != readAt) {
      unknown.invalidate(canonicalKey);
    }
  }

  private boolean isCurrent(Entry entry) {
    return changes.isCurrent(entry.readAt(), entry.known().license());
  }

  private static int weight(Entry entry) {
    return ENTRY_OVERHEAD + entry.known().license().weight();
  }
}
