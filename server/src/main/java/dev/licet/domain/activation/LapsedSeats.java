package dev.licet.domain.activation;

import dev.licet.domain.Stores;
import dev.licet.domain.event.Actor;
import dev.licet.domain.event.Event;
import dev.licet.domain.event.EventType;
import dev.licet.domain.id.Ids;
import dev.licet.domain.job.Job;
import dev.licet.domain.license.License;
import dev.licet.domain.license.UnreadableLicenseException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Removes seats whose lease was over long ago. They count for nothing; a licence that is in use
 * loses them by itself, and this is for the others. It walks through all seats, since an index of
 * leases would have to be written with every renewal.
 */
public final class LapsedSeats {
  private static final System.Logger LOG = System.getLogger(LapsedSeats.class.getName());

  private static final Duration EVERY = Duration.ofHours(1);
  private static final Duration KEPT = Duration.ofDays(1);

  /** How many seats one transaction looks at. */
  private static final int LOOKED_AT = 1_000;

  /** How many it removes at most. */
  private static final int REMOVED = 25;

  /** More licences that cannot be read are not named in the log. */
  private static final int MOST_NAMED = 1_000;

  private final Ids ids;

  /** The numbers of licences that cannot be read and were named in the log. */
  private final Set<Long> leftOut = ConcurrentHashMap.newKeySet();

  /** The number of the seat that was looked at last. */
  private volatile long position;

  public LapsedSeats(Ids ids) {
    this.ids = ids;
  }

  /** The job that removes them; its items are the seats that it has looked at. */
  public Job job() {
    return Job.every("lapsed-seats", EVERY, LOOKED_AT, this::walk);
  }

  private int walk(Stores stores, Instant now, int limit) {
    List<Seat> seats = stores.seats().after(position, limit);
    int removed = 0;
    for (Seat seat : seats) {
      if (removed == REMOVED) {
        return limit;
      }
      if (!seat.isHeldAt(now.minus(KEPT))) {
        removed += remove(stores, seat, now.truncatedTo(ChronoUnit.MILLIS));
      }
      position = seat.no();
    }
    if (seats.size() < limit) {
      position = 0;
    }
    return seats.size();
  }

  /** How many seats the transaction has taken on. */
  private int remove(Stores stores, Seat seat, Instant now) {
    Optional<License> license;
    try {
      license = stores.licenses().lock(seat.licenseNo());
    } catch (UnreadableLicenseException e) {
      leaveOut(seat.licenseNo(), e);
      return 1;
    }
    if (license.isPresent() && stores.seats().delete(seat.licenseNo(), seat.id()).isPresent()) {
      stores
          .outbox()
          .append(
              new Event(
                  ids.next(Ids.EVENT),
                  EventType.ACTIVATION_REMOVED,
                  now,
                  license.get(),
                  license.get(),
                  seat,
                  null,
                  Actor.LEASE));
    }
    return 1;
  }

  /** What cannot be read keeps no other seat from being removed. */
  private void leaveOut(long licenseNo, UnreadableLicenseException fault) {
    if (leftOut.size() < MOST_NAMED && leftOut.add(licenseNo)) {
      LOG.log(Level.WARNING, "lapsed seats are not removed: {0}", fault.getMessage());
    }
  }
}
