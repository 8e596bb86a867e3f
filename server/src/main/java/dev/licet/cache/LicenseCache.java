package dev.licet.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Policy;
import com.github.benmanes.caffeine.cache.RemovalCause;
import dev.licet.domain.DatabaseState;
import dev.licet.domain.StoreUnavailableException;
import dev.licet.domain.event.ChangeListener;
import dev.licet.domain.validation.LicenseSnapshot;
import dev.licet.domain.validation.RateGate;
import dev.licet.domain.validation.SnapshotSource;
import dev.licet.domain.validation.Snapshots;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Keeps snapshots in memory: for a while after they were read, as many as a bound on their weight
 * allows, and never past a change. While the database does not answer, they are used for longer:
 * none of them can be read again. While it answers and changes by other servers are not heard of,
 * each is read again. Unknown keys are remembered for a moment, so that a burst of the same one
 * asks the database once.
 */
public final class LicenseCache implements Snapshots {
  private static final Duration UNKNOWN_FOR = Duration.ofSeconds(2);
  private static final int MAX_UNKNOWN = 10_000;

  /** Bytes around an entry: the cache's own node, the key's text, the gate. */
  private static final int ENTRY_OVERHEAD = 250;

  private final SnapshotSource source;
  private final Cache<String, Entry> entries;

  /** Reads entries without noting that they were used. */
  private final Policy<String, Entry> quiet;

  private final Cache<String, Boolean> unknown;
  private final RecentChanges changes;
  private final DatabaseState database;
  private final long timeToLiveNanos;
  private final Duration staleLimit;

  /** Whether the bound was ever reached: only then it matters which entries are used. */
  private volatile boolean crowded;

  /** Has no object between itself and the snapshot: each is a wait for memory. */
  private record Entry(LicenseSnapshot license, RateGate gate, long readAt, long nanos) {
    Known.Licensed known(boolean stale) {
      return new Known.Licensed(license, gate, stale);
    }
  }

  /** Snapshots that are used for {@code timeToLive}, and not longer. */
  public LicenseCache(SnapshotSource source, Duration timeToLive, long maxBytes) {
    this(source, timeToLive, maxBytes, new DatabaseState(), Duration.ZERO);
  }

  /**
   * @param timeToLive how long a snapshot is used at most
   * @param maxBytes what all snapshots may weigh together, roughly
   * @param staleLimit how long snapshots are used while the database does not answer
   */
  public LicenseCache(
      SnapshotSource source,
      Duration timeToLive,
      long maxBytes,
      DatabaseState database,
      Duration staleLimit) {
    this.source = source;
    this.database = database;
    this.timeToLiveNanos = timeToLive.toNanos();
    this.staleLimit = staleLimit;
    Duration keep = timeToLive.plus(staleLimit);
    this.entries =
        Caffeine.newBuilder()
            .expireAfterWrite(keep)
            .maximumWeight(maxBytes)
            .weigher((String key, Entry entry) -> weight(entry))
            .evictionListener((key, entry, cause) -> evicted(cause))
            .executor(Runnable::run) // its upkeep is short; another thread costs more to wake
            .build();
    this.quiet = entries.policy();
    this.unknown =
        Caffeine.newBuilder().expireAfterWrite(UNKNOWN_FOR).maximumSize(MAX_UNKNOWN).build();
    this.changes = new RecentChanges(keep.toNanos() * 2, unknown::invalidateAll);
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
    Entry entry = entry(canonicalKey);
    if (entry != null && isUsable(entry)) {
      return entry.known(database.isAway());
    }
    if (entry == null && unknown.getIfPresent(canonicalKey) != null) {
      return Known.Unknown.INSTANCE;
    }
    return null;
  }

  @Override
  public boolean wasKnown(String canonicalKey) {
    return quiet.getIfPresentQuietly(canonicalKey) != null;
  }

  @Override
  public Known load(String canonicalKey) {
    Known known = peek(canonicalKey);
    return known == null ? loadOrKeep(canonicalKey) : known;
  }

  private Known loadOrKeep(String canonicalKey) {
    try {
      return reload(canonicalKey);
    } catch (StoreUnavailableException e) {
      Entry entry = entries.getIfPresent(canonicalKey);
      if (entry == null || !mayBeKept(entry)) {
        throw e;
      }
      return entry.known(true);
    }
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
    RateGate gate = before == null ? new RateGate(System.nanoTime()) : before.gate();
    Entry entry = new Entry(license, gate, readAt, System.nanoTime());
    entries.put(canonicalKey, entry);
    return entry.known(false);
  }

  /** Unless a key was added while the database was asked: it may be this one. */
  private void rememberUnknown(String canonicalKey, long readAt) {
    unknown.put(canonicalKey, Boolean.TRUE);
    if (changes.position() != readAt) {
      unknown.invalidate(canonicalKey);
    }
  }

  private void evicted(RemovalCause cause) {
    if (cause == RemovalCause.SIZE) {
      crowded = true;
    }
  }

  /**
   * The entry of a key. To note each use costs more than to find it: the notes are sorted by the
   * threads that answer, and touch old objects, which the garbage collector then looks through.
   */
  private @Nullable Entry entry(String canonicalKey) {
    return crowded ? entries.getIfPresent(canonicalKey) : quiet.getIfPresentQuietly(canonicalKey);
  }

  private boolean isUsable(Entry entry) {
    if (!database.isReachable()) {
      return mayBeKept(entry);
    }
    return !database.isDeaf()
        && changes.isCurrent(entry.readAt(), entry.license())
        && System.nanoTime() - entry.nanos() <= timeToLiveNanos;
  }

  /** Whether it is used while it cannot be read again. */
  private boolean mayBeKept(Entry entry) {
    return !database.isLostFor(staleLimit)
        && !changes.isKnownToHaveChanged(entry.readAt(), entry.license());
  }

  private static int weight(Entry entry) {
    return ENTRY_OVERHEAD + entry.license().weight();
  }
}
