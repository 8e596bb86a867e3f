package dev.licet.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.licet.domain.DatabaseState;
import dev.licet.domain.account.ApiKeyText;
import dev.licet.domain.account.Credential;
import dev.licet.domain.account.Credentials;
import dev.licet.domain.event.Change;
import dev.licet.domain.event.ChangeListener;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps keys in memory that were found, by their hashes. Any change of an account or an API key
 * makes all of them be read again: such changes are few. Keys that are not known are not kept, so
 * that nobody can fill the memory with inventions. While changes by other servers are not heard of,
 * every key is read again.
 */
public final class CachedCredentials implements Credentials, ChangeListener {
  private static final Duration KEEP = Duration.ofMinutes(5);
  private static final int MAX_KEYS = 10_000;

  private final Credentials source;
  private final DatabaseState database;
  private final AtomicLong generation = new AtomicLong();
  private final Cache<String, Entry> entries =
      Caffeine.newBuilder().expireAfterWrite(KEEP).maximumSize(MAX_KEYS).build();

  private record Entry(Credential credential, long generation) {}

  public CachedCredentials(Credentials source, DatabaseState database) {
    this.source = source;
    this.database = database;
  }

  @Override
  public Optional<Credential> find(ApiKeyText text) {
    String hash = HexFormat.of().formatHex(text.hash());
    long now = generation.get(); // before the database is asked: a change may cross the reading
    Entry entry = entries.getIfPresent(hash);
    if (entry != null && entry.generation() == now && !database.isDeaf()) {
      return Optional.of(entry.credential());
    }
    Optional<Credential> found = source.find(text);
    found.ifPresentOrElse(
        credential -> entries.put(hash, new Entry(credential, now)),
        () -> entries.invalidate(hash));
    return found;
  }

  @Override
  public void changed(Change change) {
    switch (change.kind()) {
      case ACCOUNT, API_KEY -> generation.incrementAndGet();
      case LICENSE, SEAT_TAKEN, KEY_ADDED, PLAN, PRODUCT, EVENT, DELIVERY -> {}
    }
  }

  @Override
  public void everythingChanged() {
    generation.incrementAndGet();
  }
}
