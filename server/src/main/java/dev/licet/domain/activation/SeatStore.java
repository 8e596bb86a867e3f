package dev.licet.domain.activation;

import dev.licet.domain.Page;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The seats of licences, inside one transaction. Whoever adds one holds the licence locked, so that
 * counting and adding are one step.
 */
public interface SeatStore {
  /** Some licences' seats for devices. */
  record Scope(boolean wholePlan, long no) {
    /** Those of all licences on a plan. */
    public static Scope ofPlan(long planNo) {
      return new Scope(true, planNo);
    }

    public static Scope ofLicense(long licenseNo) {
      return new Scope(false, licenseNo);
    }
  }

  /** How many seats of a kind a licence has in use. */
  int count(long licenseNo, SeatKind kind, Instant now);

  /** The seat of a domain or device, be it in use or not any more. */
  Optional<Seat> find(long licenseNo, SeatKind kind, String value);

  /**
   * Adds a seat; its {@link Seat#no()} is not looked at.
   *
   * @return the seat with its number
   */
  Seat insert(Seat seat);

  /** Removes one; empty when there is none of that id. */
  Optional<Seat> delete(long licenseNo, String seatId);

  /** Seats of a licence whose lease is over, those that ended first. */
  List<Seat> expired(long licenseNo, int limit, Instant now);

  /**
   * Leases a seat anew.
   *
   * @param until {@code null} is until it is freed
   */
  void lease(long seatNo, @Nullable Instant until);

  /** Lets no lease last longer than {@code until}; seats that had none get one. */
  void capLeases(Scope scope, Instant until);

  /** Lets what is leased at {@code now} be held until it is freed. */
  void endLeases(Scope scope, Instant now);

  /** Those in use, oldest first, of each licence at most {@code limitEach} of a kind. */
  Map<Long, List<Seat>> ofLicenses(Collection<Long> licenseNos, int limitEach, Instant now);

  /** Those in use, newest first, with what the journal knows of their use. */
  Page<SeatView> list(long licenseNo, int limit, @Nullable String startingAfter, Instant now);

  /** One seat with its use. */
  Optional<SeatView> view(long licenseNo, String seatId);

  /** Seats of all licences, in use or not, with numbers above {@code no}, in rising order. */
  List<Seat> after(long no, int limit);

  /**
   * Forgets seats of all licences that were given back up to a moment, the oldest first.
   *
   * @return how many
   */
  int forgetReleases(Instant before, int limit);

  /** When applications gave back seats of a licence after {@code since}, in rising order. */
  List<Instant> releases(long licenseNo, Instant since);

  /** Notes that an application gave back a seat; forgets those up to {@code before}. */
  void noteRelease(long licenseNo, Instant at, Instant before);
}
