package dev.licet.domain.activation;

import dev.licet.domain.Caller;
import dev.licet.domain.Failure.Conflict.Code;
import dev.licet.domain.FailureException;
import dev.licet.domain.Stores;
import dev.licet.domain.Transactions;
import dev.licet.domain.event.Actor;
import dev.licet.domain.event.Event;
import dev.licet.domain.event.EventType;
import dev.licet.domain.id.Ids;
import dev.licet.domain.license.License;
import dev.licet.domain.license.LicenseStatus;
import dev.licet.domain.usage.UsageTotals;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes and frees seats. Whoever does so holds the licence locked in the database, so that no two
 * ever take the last seat.
 */
public final class Seats {
  /** Who takes a seat removes so many whose lease is over; their number falls all the same. */
  private static final int MAX_REMOVED_AT_ONCE = 20;

  private final Transactions transactions;
  private final DomainNames domainNames;
  private final Ids ids;
  private final InstantSource clock;

  public Seats(Transactions transactions, DomainNames domainNames, Ids ids, InstantSource clock) {
    this.transactions = transactions;
    this.domainNames = domainNames;
    this.ids = ids;
    this.clock = clock;
  }

  /** A seat that was added, or that was there already. */
  public record Added(SeatView seat, boolean isNew) {}

  /** A seat that a call found or made. */
  private record Held(Seat seat, boolean isNew) {}

  /**
   * What a validation needs and the licence allows; {@code null} for no seat.
   *
   * @param device the seat that the device has, of which the lease may be due
   */
  private record Wanted(
      @Nullable String domain, @Nullable String fingerprint, @Nullable Seat device) {}

  /**
   * Takes what a validation needs, if the licence as it stands in the database allows all of it: a
   * seat for the domain, one for the device or more time for the one that it has, and the note of
   * its first use. Takes nothing otherwise. The caller reads the licence again and decides by what
   * it finds.
   *
   * <p>Looks before it locks: of many that race for the last seat, those that come too late wait
   * for nobody.
   *
   * @param domain a canonical domain that needs a seat; {@code null} for none
   * @param fingerprint a device that needs a seat or a longer lease; {@code null} for none
   */
  public void take(long licenseNo, @Nullable String domain, @Nullable String fingerprint) {
    Instant now = now();
    transactions.run(stores -> {
      Optional<License> seen = stores.licenses().find(licenseNo);
      if (allowed(stores, seen, domain, fingerprint, now).isEmpty()) {
        return;
      }
      Optional<License> locked = stores.licenses().lock(licenseNo);
      allowed(stores, locked, domain, fingerprint, now)
          .ifPresent(wanted -> takeAll(stores, locked.orElseThrow(), wanted, now));
    });
  }

  /**
   * What is not there yet of what is asked for; empty when the licence does not allow all of it.
   */
  private static Optional<Wanted> allowed(
      Stores stores,
      Optional<License> found,
      @Nullable String domain,
      @Nullable String fingerprint,
      Instant now) {
    if (found.isEmpty() || !found.get().isUsableAt(now)) {
      return Optional.empty();
    }
    License license = found.get();
    Optional<Seat> device = heldDevice(stores, license.no(), fingerprint, now);
    boolean newDevice = fingerprint != null && device.isEmpty();
    boolean newDomain = domain != null && !hasDomain(stores, license.no(), domain);
    boolean full =
        (newDevice && isFull(stores, license, SeatKind.DEVICE, now))
            || (newDomain && isFull(stores, license, SeatKind.DOMAIN, now));
    return full
        ? Optional.empty()
        : Optional.of(
            new Wanted(
                newDomain ? domain : null, newDevice ? fingerprint : null, device.orElse(null)));
  }

  /**
   * Adds a seat by hand.
   *
   * @param typed a domain, a wildcard such as {@code *.example.com}, or a fingerprint
   * @throws FailureException when there is no such licence, it is revoked, the value is no domain
   *     or one that takes no seat, or no seat is free
   */
  public Added add(Caller caller, String licenseId, SeatKind kind, String typed) {
    SeatDomain domain =
        kind == SeatKind.DOMAIN ? SeatDomain.read(domainNames, typed, "/value") : null;
    String value = domain == null ? typed : domain.canonical();
    Instant now = now();
    Held held =
        transactions.write(stores -> {
          License license = lock(stores, caller, licenseId);
          requireNotRevoked(license);
          Optional<Seat> existing =
              stores.seats().find(license.no(), kind, value).filter(seat -> seat.isHeldAt(now));
          if (existing.isPresent()) {
            return new Held(existing.get(), false);
          }
          if (domain != null) {
            domain.requireSeat(license.plan().localDomainsTakeSeats());
          }
          if (isFull(stores, license, kind, now)) {
            throw full(license, kind);
          }
          Seat seat = insert(stores, license, kind, value, true, now);
          License after = license.changedAt(now);
          stores.licenses().update(after);
          announce(stores, EventType.ACTIVATION_CREATED, after, seat, caller.actor(), now);
          return new Held(seat, true);
        });
    return new Added(
        held.isNew()
            ? new SeatView(held.seat(), UsageTotals.NONE)
            : transactions.read(stores -> view(stores, held.seat())),
        held.isNew());
  }

  /**
   * Frees a seat.
   *
   * @throws FailureException when there is no such licence or seat, or the licence is revoked
   */
  public void remove(Caller caller, String licenseId, String seatId) {
    Instant now = now();
    transactions.run(stores -> {
      License license = lock(stores, caller, licenseId);
      requireNotRevoked(license);
      Seat seat =
          stores
              .seats()
              .delete(license.no(), seatId)
              .filter(deleted -> deleted.isHeldAt(now))
              .orElseThrow(() -> FailureException.notFound("activation"));
      License after = license.changedAt(now);
      stores.licenses().update(after);
      announce(stores, EventType.ACTIVATION_REMOVED, after, seat, caller.actor(), now);
    });
  }

  /**
   * Frees the seat that an application gives back.
   *
   * @param value a canonical domain or a fingerprint
   * @throws FailureException when the licence's plan does not let applications free seats, or not
   *     so often
   * @return empty when no key opens a licence; else whether a seat was in use
   */
  public Optional<Boolean> release(byte[] keyLookup, SeatKind kind, String value) {
    Instant now = now();
    Optional<Boolean> taken =
        transactions.read(stores ->
            stores
                .licenses()
                .findByKey(keyLookup, now)
                .map(license ->
                    stores
                        .seats()
                        .find(license.no(), kind, value)
                        .filter(seat -> seat.isHeldAt(now))
                        .isPresent()));
    if (!taken.orElse(false)) {
      return taken; // nothing to write: the writer is not troubled
    }
    return transactions.write(stores -> {
      Optional<License> found =
          stores
              .licenses()
              .findByKey(keyLookup, now)
              .flatMap(license -> stores.licenses().lock(license.no()));
      return found.map(license -> release(stores, license, kind, value, now));
    });
  }

  private boolean release(
      Stores stores, License license, SeatKind kind, String value, Instant now) {
    Optional<Seat> seat =
        stores.seats().find(license.no(), kind, value).filter(found -> found.isHeldAt(now));
    if (seat.isEmpty()) {
      return false;
    }
    SeatReleases.count(stores, license, now);
    stores.seats().delete(license.no(), seat.get().id());
    License after = license.changedAt(now);
    stores.licenses().update(after);
    announce(stores, EventType.ACTIVATION_REMOVED, after, seat.get(), Actor.APPLICATION, now);
    return true;
  }

  private void takeAll(Stores stores, License license, Wanted wanted, Instant now) {
    String domain = wanted.domain();
    String fingerprint = wanted.fingerprint();
    if (wanted.device() != null) {
      Leases.renew(stores, license, wanted.device(), now);
    }
    boolean first = license.term().firstValidatedAt() == null;
    if (!first && domain == null && fingerprint == null) {
      return;
    }
    License after = (first ? license.with(license.term().startedAt(now)) : license).changedAt(now);
    stores.licenses().update(after);
    if (first) {
      announce(stores, EventType.LICENSE_ACTIVATED, after, null, Actor.APPLICATION, now);
    }
    if (domain != null) {
      Seat seat = insert(stores, after, SeatKind.DOMAIN, domain, false, now);
      announce(stores, EventType.ACTIVATION_CREATED, after, seat, Actor.APPLICATION, now);
    }
    if (fingerprint != null) {
      Seat seat = insert(stores, after, SeatKind.DEVICE, fingerprint, false, now);
      announce(stores, EventType.ACTIVATION_CREATED, after, seat, Actor.APPLICATION, now);
    }
  }

  private Seat insert(
      Stores stores, License license, SeatKind kind, String value, boolean byVendor, Instant now) {
    Instant leasedUntil = null;
    if (kind == SeatKind.DEVICE) {
      removeExpired(stores, license, value, now);
      leasedUntil = Leases.end(license.policy(), now);
    }
    return stores
        .seats()
        .insert(
            new Seat(
                0,
                ids.next(Ids.ACTIVATION),
                license.no(),
                kind,
                value,
                byVendor,
                now,
                leasedUntil));
  }

  /** Removes the seat that a device had before, and some that others had. */
  private void removeExpired(Stores stores, License license, String fingerprint, Instant now) {
    Set<Seat> expired =
        new LinkedHashSet<>(stores.seats().expired(license.no(), MAX_REMOVED_AT_ONCE, now));
    stores
        .seats()
        .find(license.no(), SeatKind.DEVICE, fingerprint)
        .filter(seat -> !seat.isHeldAt(now))
        .ifPresent(expired::add);
    for (Seat seat : expired) {
      stores.seats().delete(license.no(), seat.id());
      announce(stores, EventType.ACTIVATION_REMOVED, license, seat, Actor.LEASE, now);
    }
  }

  private static Optional<Seat> heldDevice(
      Stores stores, long licenseNo, @Nullable String fingerprint, Instant now) {
    return Optional.ofNullable(fingerprint)
        .flatMap(value -> stores.seats().find(licenseNo, SeatKind.DEVICE, value))
        .filter(seat -> seat.isHeldAt(now));
  }

  private void announce(
      Stores stores,
      EventType type,
      License license,
      @Nullable Seat seat,
      Actor actor,
      Instant now) {
    if (type == EventType.ACTIVATION_CREATED) {
      stores.changes().seatTaken(license.no());
    } else {
      stores.changes().licenseChanged(license.no());
    }
    stores
        .outbox()
        .append(new Event(ids.next(Ids.EVENT), type, now, license, license, seat, null, actor));
  }

  /** Whether a domain has a seat, its own or that of a wildcard above it. */
  private static boolean hasDomain(Stores stores, long licenseNo, String domain) {
    if (stores.seats().find(licenseNo, SeatKind.DOMAIN, domain).isPresent()) {
      return true;
    }
    for (int dot = domain.indexOf('.'); dot > 0; dot = domain.indexOf('.', dot + 1)) {
      String wildcard = "*" + domain.substring(dot);
      if (stores.seats().find(licenseNo, SeatKind.DOMAIN, wildcard).isPresent()) {
        return true;
      }
    }
    return false;
  }

  private static void requireNotRevoked(License license) {
    if (license.storedStatus() == LicenseStatus.REVOKED) {
      throw FailureException.conflict(
          Code.LICENSE_REVOKED, "The license is revoked, which is final.");
    }
  }

  private static boolean isFull(Stores stores, License license, SeatKind kind, Instant now) {
    int capacity = SeatKind.capacity(limit(license, kind));
    return stores.seats().count(license.no(), kind, now) >= capacity;
  }

  private static @Nullable Integer limit(License license, SeatKind kind) {
    return kind == SeatKind.DOMAIN ? license.maxDomains() : license.maxDevices();
  }

  private static FailureException full(License license, SeatKind kind) {
    Code code = kind == SeatKind.DOMAIN ? Code.DOMAIN_LIMIT_REACHED : Code.DEVICE_LIMIT_REACHED;
    int capacity = SeatKind.capacity(limit(license, kind));
    return FailureException.conflict(
        code, "All " + capacity + " " + kind.text() + " seats of the license are taken.");
  }

  private static SeatView view(Stores stores, Seat seat) {
    return stores
        .seats()
        .view(seat.licenseNo(), seat.id())
        .orElseGet(() -> new SeatView(seat, UsageTotals.NONE));
  }

  private static License lock(Stores stores, Caller caller, String licenseId) {
    return stores
        .licenses()
        .lock(caller.tenant(), licenseId)
        .orElseThrow(() -> FailureException.notFound("license"));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
