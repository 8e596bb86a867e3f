package dev.licet.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.domain.AddressBlocks;
import dev.licet.domain.DatabaseState;
import dev.licet.domain.StoreUnavailableException;
import dev.licet.domain.account.AddressForm;
import dev.licet.domain.event.Change;
import dev.licet.domain.license.LicenseStatus;
import dev.licet.domain.plan.Policy;
import dev.licet.domain.plan.SeatRelease;
import dev.licet.domain.validation.LicenseSnapshot;
import dev.licet.domain.validation.SeatTable;
import dev.licet.domain.validation.SnapshotSource;
import dev.licet.domain.validation.Snapshots.Known;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What is kept while the database is away. */
class LicenseCacheTest {
  private static final Duration LIMIT = Duration.ofHours(1);

  private static final Policy POLICY =
      new Policy(
          false, 0, SeatRelease.FREE, 0, false, false, AddressBlocks.NONE, null, null, Map.of());

  private static final LicenseSnapshot LICENSE =
      new LicenseSnapshot(
          1,
          "lic_1",
          1,
          "shop",
          false,
          1,
          true,
          LicenseSnapshot.NEVER,
          AddressForm.TRUNCATED,
          1,
          "pro",
          POLICY,
          List.of(),
          LicenseStatus.ACTIVE,
          LicenseSnapshot.NEVER,
          1,
          1,
          false,
          true,
          LicenseSnapshot.NEVER,
          SeatTable.of(List.of()),
          SeatTable.of(List.of()));

  private final AtomicLong nanos = new AtomicLong();
  private final DatabaseState state = new DatabaseState(nanos::get);
  private final Source source = new Source();

  @Test
  void aSnapshotIsStaleWhileTheDatabaseIsAwayAndUsedUpToTheLimit() {
    LicenseCache cache = cache(Duration.ofMinutes(5));
    assertFalse(licensed(cache.load("A")).stale());
    state.lost();
    assertTrue(licensed(cache.peek("A")).stale());
    nanos.addAndGet(LIMIT.toNanos());
    assertTrue(licensed(cache.load("A")).stale());
    nanos.addAndGet(1);
    assertNull(cache.peek("A"));
    source.away = true;
    assertThrows(StoreUnavailableException.class, () -> cache.load("A"));
  }

  @Test
  void aSnapshotThatIsOldIsReadAgainAndKeptOnlyWhenThatFails() throws Exception {
    LicenseCache cache = cache(Duration.ofNanos(1));
    cache.load("A");
    Thread.sleep(1);
    assertNull(cache.peek("A"));
    source.away = true;
    assertTrue(licensed(cache.load("A")).stale());
    assertThrows(StoreUnavailableException.class, () -> cache.reload("A"));
    assertThrows(StoreUnavailableException.class, () -> cache.load("B"));
    source.away = false;
    assertFalse(licensed(cache.load("A")).stale());
  }

  @Test
  void aChangeThatWasHeardOfHolds() {
    LicenseCache cache = cache(Duration.ofMinutes(5));
    cache.load("A");
    cache.listener().changed(new Change(Change.Kind.LICENSE, 1));
    state.lost();
    source.away = true;
    assertNull(cache.peek("A"));
    assertThrows(StoreUnavailableException.class, () -> cache.load("A"));
  }

  @Test
  void aSeatThatWasTakenIsReadAgainAndNoReasonToRefuse() {
    LicenseCache cache = cache(Duration.ofMinutes(5));
    cache.load("A");
    cache.listener().changed(new Change(Change.Kind.SEAT_TAKEN, 1));
    assertNull(cache.peek("A"));
    state.lost();
    source.away = true;
    assertTrue(licensed(cache.peek("A")).stale());
    assertTrue(licensed(cache.load("A")).stale());
  }

  @Test
  void whenTheDatabaseIsBackEverythingIsReadAgainBeforeAnAnswerIsNotStale() {
    LicenseCache cache = cache(Duration.ofMinutes(5));
    cache.load("A");
    state.lost();
    state.found(() -> {
      assertTrue(licensed(cache.peek("A")).stale());
      cache.listener().everythingChanged();
      assertNull(cache.peek("A"));
    });
    assertFalse(licensed(cache.load("A")).stale());
    assertEquals(2, source.reads);
  }

  @Test
  void whileNothingIsHeardOfOthersChangesASnapshotIsReadAgainAndKeptWhenThatFails() {
    LicenseCache cache = cache(Duration.ofMinutes(5));
    state.heard();
    cache.load("A");
    nanos.addAndGet(2_000_000_000);
    assertNotNull(cache.peek("A"));
    nanos.addAndGet(1);
    assertNull(cache.peek("A"));
    assertFalse(licensed(cache.load("A")).stale());
    assertEquals(2, source.reads);
    source.away = true;
    assertTrue(licensed(cache.load("A")).stale());
    state.heard();
    assertFalse(licensed(cache.peek("A")).stale());
  }

  @Test
  void afterAnOutageTheFirstLookAtOthersChangesIsWaitedFor() {
    LicenseCache cache = cache(Duration.ofMinutes(5));
    state.heard();
    cache.load("A");
    state.lost();
    nanos.addAndGet(Duration.ofMinutes(1).toNanos());
    state.found(() -> assertTrue(licensed(cache.peek("A")).stale()));
    nanos.addAndGet(2_000_000_001);
    assertNull(cache.peek("A"));
  }

  @Test
  void itKeepsNoMoreThanItsBoundAndRatherWhatIsUsed() {
    LicenseCache cache = cache(Duration.ofMinutes(5));
    for (int round = 0; round < 20_000; round++) {
      cache.load("once" + round);
      cache.load("often" + round % 10);
    }
    assertTrue(cache.size() < 2_000, () -> cache.size() + " snapshots");
    assertTrue(source.reads < 20_000 + 200, () -> source.reads + " reads");
  }

  private LicenseCache cache(Duration timeToLive) {
    return new LicenseCache(source, timeToLive, 1 << 20, state, LIMIT);
  }

  private static Known.Licensed licensed(Known known) {
    assertNotNull(known);
    return assertInstanceOf(Known.Licensed.class, known);
  }

  /** A database with one licence. */
  private static final class Source implements SnapshotSource {
    private boolean away;
    private int reads;

    @Override
    public LicenseSnapshot find(String canonicalKey) {
      if (away) {
        throw new StoreUnavailableException("away", new TimeoutException());
      }
      reads++;
      return LICENSE;
    }
  }
}
