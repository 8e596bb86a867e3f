package dev.licet.domain.notice;

import dev.licet.domain.StoreUnavailableException;
import dev.licet.domain.Stores;
import dev.licet.domain.Transactions;
import dev.licet.domain.activation.SeatKind;
import dev.licet.domain.counter.CounterRule;
import dev.licet.domain.event.Actor;
import dev.licet.domain.event.Event;
import dev.licet.domain.event.EventType;
import dev.licet.domain.id.Ids;
import dev.licet.domain.license.License;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Tells that limits of licences were reached, of each at most once an hour. The database decides
 * that, for all nodes; a node remembers what it learned there, so that refusing the same thing
 * again and again asks nobody.
 *
 * <p>What is reported waits in memory and is lost with the process: the next refusal reports it
 * again.
 */
public final class LimitNotices {
  private static final System.Logger LOG = System.getLogger(LimitNotices.class.getName());

  private static final Duration QUIET = Duration.ofHours(1);
  private static final int MAX_WAITING = 10_000;
  private static final int SLOTS = 1 << 14;

  private final Transactions transactions;
  private final Ids ids;
  private final InstantSource clock;
  private final ConcurrentMap<LimitReached, Boolean> waiting = new ConcurrentHashMap<>();

  /** What need not be asked about, by hash. What has the same hash takes the place. */
  private final AtomicReferenceArray<Told> told = new AtomicReferenceArray<>(SLOTS);

  private record Told(LimitReached limit, long untilMillis) {}

  public LimitNotices(Transactions transactions, Ids ids, InstantSource clock) {
    this.transactions = transactions;
    this.ids = ids;
    this.clock = clock;
  }

  /** Takes a report. Never blocks; what is too much is dropped. */
  public void reached(LimitReached limit) {
    Told before = told.get(slot(limit));
    boolean quiet =
        before != null && before.limit().equals(limit) && clock.millis() < before.untilMillis();
    if (!quiet && (waiting.containsKey(limit) || waiting.size() < MAX_WAITING)) {
      waiting.put(limit, true);
    }
  }

  /**
   * Tells what was reported. What cannot be told, such as of a licence whose row cannot be read, is
   * left out for as long as one that was told, and keeps nothing else back.
   *
   * @throws StoreUnavailableException when the database does not answer; what is left is told the
   *     next time
   */
  public void flush() {
    for (LimitReached limit : List.copyOf(waiting.keySet())) {
      Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
      Instant last = tellOrLeaveOut(limit, now);
      told.set(slot(limit), new Told(limit, last.plus(QUIET).toEpochMilli()));
      waiting.remove(limit);
    }
  }

  /** When it was told last. */
  private Instant tellOrLeaveOut(LimitReached limit, Instant now) {
    try {
      return transactions
          .read(stores -> stores.notices().toldAt(limit))
          .filter(at -> at.isAfter(now.minus(QUIET)))
          .orElseGet(() -> tell(limit, now));
    } catch (StoreUnavailableException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.log(
          Level.WARNING,
          "a limit of the license number {0} is not told of: {1}",
          Long.toString(limit.licenseNo()),
          e.toString());
      return now;
    }
  }

  private Instant tell(LimitReached limit, Instant now) {
    transactions.run(stores -> {
      Optional<License> license = stores.licenses().find(limit.licenseNo());
      if (license.isPresent() && stores.notices().claim(limit, now.minus(QUIET), now)) {
        stores
            .outbox()
            .append(
                Event.notice(
                    ids.next(Ids.EVENT),
                    EventType.LICENSE_LIMIT_REACHED,
                    now,
                    license.get(),
                    Map.of("limit", details(stores, license.get(), limit.kind(), now)),
                    Actor.APPLICATION));
      }
    });
    return now;
  }

  private static Map<String, Object> details(
      Stores stores, License license, String kind, Instant now) {
    Map<String, Object> details = new LinkedHashMap<>();
    if (kind.startsWith(LimitReached.COUNTER)) {
      String name = kind.substring(LimitReached.COUNTER.length());
      details.put("kind", "counter");
      details.put("name", name);
      CounterRule rule = license.counters().get(name);
      if (rule != null && rule.limit() != null) {
        details.put("max", rule.limit());
        details.put("used", rule.at(stores.counters().find(license.no(), name), now).used());
      }
      return details;
    }
    SeatKind seats = SeatKind.of(kind).orElseThrow();
    Integer max = seats == SeatKind.DOMAIN ? license.maxDomains() : license.maxDevices();
    details.put("kind", kind);
    details.put("max", SeatKind.capacity(max));
    details.put("used", stores.seats().count(license.no(), seats, now));
    return details;
  }

  private static int slot(LimitReached limit) {
    int hash = limit.hashCode();
    return (hash ^ hash >>> 16) & SLOTS - 1;
  }
}
