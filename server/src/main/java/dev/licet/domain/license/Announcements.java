package dev.licet.domain.license;

import dev.licet.domain.Stores;
import dev.licet.domain.event.Actor;
import dev.licet.domain.event.Event;
import dev.licet.domain.event.EventType;
import dev.licet.domain.id.Ids;
import dev.licet.domain.job.Job;
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
import java.util.TreeSet;

/**
 * Announces the ends of licences: some days before, and when they have come, each once.
 *
 * <p>A licence remembers how many days before its end was announced last. What is due is found by
 * that number and the end, and written down together with the event, unless somebody has changed
 * the licence meanwhile. Nothing that was missed is announced later than what comes after it.
 */
public final class Announcements {
  private static final Duration EVERY = Duration.ofMinutes(1);

  /** How many licences one transaction takes. */
  private static final int BATCH = 50;

  private static final Instant EVER = Instant.ofEpochMilli(Long.MIN_VALUE);

  /** Days before an end, and {@link Term#ENDED}. */
  private final NavigableSet<Integer> days;

  private final Ids ids;

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
        .soonWhen((stores, now) -> !due(stores, now, 1).isEmpty());
  }

  private int announce(Stores stores, Instant now, int limit) {
    List<License> due = due(stores, now, limit);
    // In the order in which others lock licences.
    due.stream()
        .sorted(Comparator.comparingLong(License::no))
        .forEach(license -> announce(stores, license, now.truncatedTo(ChronoUnit.MILLIS)));
    return due.size();
  }

  private void announce(Stores stores, License before, Instant now) {
    License after = before.with(before.term().withAnnounced(nearest(before.term(), now)));
    if (stores.licenses().announce(before, after)) {
      stores.outbox().append(event(before, after, now));
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

  /** Licences with an announcement to make; those whose end has come first. */
  private List<License> due(Stores stores, Instant now, int limit) {
    List<License> due = new ArrayList<>();
    List<Integer> announced = stores.licenses().announced();
    for (int last : announced) {
      if (last > Term.ENDED) {
        due.addAll(stores.licenses().ending(last, EVER, now, limit - due.size()));
      }
    }
    for (int last : announced) {
      Integer next = days.lower(last);
      if (next != null && next > Term.ENDED) {
        Instant until = now.plus(Duration.ofDays(next));
        due.addAll(stores.licenses().ending(last, now, until, limit - due.size()));
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
