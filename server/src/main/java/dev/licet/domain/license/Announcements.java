package dev.licet.domain.license;

import dev.licet.domain.Stores;
import dev.licet.domain.event.Actor;
import dev.licet.domain.event.Event;
import dev.licet.domain.event.EventType;
import dev.licet.domain.id.Ids;
import dev.licet.domain.job.Job;
import dev.licet.domain.license.LicenseStore.Announcement;
import dev.licet.domain.license.LicenseStore.Ending;
import dev.licet.domain.license.LicenseStore.Unreadable;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Announces the ends of licences: some days before, and when they have come, each once.
 *
 * <p>A licence remembers how many days before its end was announced last. What is due is found by
 * that number and the end, and written down together with the event, unless somebody has changed
 * the licence meanwhile. Nothing that was missed is announced later than what comes after it.
 */
public final class Announcements {
  private static final System.Logger LOG = System.getLogger(Announcements.class.getName());

  private static final Duration EVERY = Duration.ofMinutes(1);

  /** How many licences one transaction takes. */
  private static final int BATCH = 50;

  private static final Instant EVER = Instant.ofEpochMilli(Long.MIN_VALUE);

  /** More of them are a fault of the installation. */
  private static final int MOST_LEFT_OUT = 1_000;

  /** Days before an end, and {@link Term#ENDED}. */
  private final NavigableSet<Integer> days;

  private final Ids ids;

  /** The numbers of licences that cannot be read. */
  private final Set<Long> leftOut = ConcurrentHashMap.newKeySet();

  /**
   * @param daysBefore when ends are announced before they come
   */
  public Announcements(Collection<Integer> daysBefore, Ids ids) {
    this.days = new TreeSet<>(daysBefore);
    this.days.add(Term.ENDED);
    this.ids = ids;
  }

  /** The job that announces. */
  public Job job() {
    return Job.every("license-expiry", EVERY, BATCH, this::announce)
        .soonWhen((stores, now) -> due(stores, now, 1).count() > 0);
  }

  private int announce(Stores stores, Instant now, int limit) {
    Due due = due(stores, now, limit);
    due.unreadable.forEach(this::leaveOut);
    Instant at = now.truncatedTo(ChronoUnit.MILLIS);
    // In the order in which others lock licences.
    List<Announcement> announcements =
        due.licenses.stream()
            .sorted(Comparator.comparingLong(License::no))
            .map(before ->
                new Announcement(
                    before, before.with(before.term().withAnnounced(nearest(before.term(), at)))))
            .toList();
    List<Event> events =
        stores.licenses().announce(announcements).stream()
            .map(each -> event(each.before(), each.after(), at))
            .toList();
    stores.outbox().append(events);
    return due.count();
  }

  /** What cannot be read keeps nothing else from being told, and is told after a restart. */
  private void leaveOut(Unreadable license) {
    if (leftOut.size() == MOST_LEFT_OUT) {
      throw new IllegalStateException("too many licenses cannot be read");
    }
    if (leftOut.add(license.no())) {
      LOG.log(
          Level.ERROR,
          "the end of the license {0} is not announced: its row cannot be read",
          license.id());
    }
  }

  private Event event(License before, License after, Instant now) {
    String id = ids.next(Ids.EVENT);
    return after.storedStatus() == LicenseStatus.EXPIRED
        ? new Event(id, EventType.LICENSE_EXPIRED, now, after, before, null, null, Actor.SYSTEM)
        : Event.notice(
            id,
            EventType.LICENSE_EXPIRING,
            now,
            after,
            Map.of("days_before", Objects.requireNonNull(after.term().announced())),
            Actor.SYSTEM);
  }

  /** Licences with an announcement to make. */
  private static final class Due {
    final List<License> licenses = new ArrayList<>();
    final List<Unreadable> unreadable = new ArrayList<>();

    int count() {
      return licenses.size() + unreadable.size();
    }

    void add(Ending ending) {
      licenses.addAll(ending.licenses());
      unreadable.addAll(ending.unreadable());
    }
  }

  /** Those whose end has come are first. */
  private Due due(Stores stores, Instant now, int limit) {
    Due due = new Due();
    List<Integer> announced = stores.licenses().announced();
    for (int last : announced) {
      if (last > Term.ENDED) {
        due.add(stores.licenses().ending(last, EVER, now, limit - due.count(), leftOut));
      }
    }
    for (int last : announced) {
      Integer next = days.lower(last);
      if (next != null && next > Term.ENDED) {
        Instant until = now.plus(Duration.ofDays(next));
        due.add(stores.licenses().ending(last, now, until, limit - due.count(), leftOut));
      }
    }
    return due;
  }

  /** Of the announcements whose time has come, the one that is nearest to the end. */
  private int nearest(Term term, Instant now) {
    for (int before : days) {
      if (term.isOverAt(now.plus(Duration.ofDays(before)))) {
        return before;
      }
    }
    throw new IllegalArgumentException("nothing is due of " + term);
  }
}
