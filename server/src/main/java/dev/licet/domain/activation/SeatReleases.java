package dev.licet.domain.activation;

import dev.licet.domain.Failure;
import dev.licet.domain.Failure.Conflict.Code;
import dev.licet.domain.FailureException;
import dev.licet.domain.Stores;
import dev.licet.domain.license.License;
import dev.licet.domain.plan.SeatRelease;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Counts the seats that applications give back, so that seats are not passed around. */
final class SeatReleases {
  private static final Duration WEEK = Duration.ofDays(7);

  private SeatReleases() {}

  /**
   * Counts one of a licence, which is locked.
   *
   * @throws FailureException when there may be none, or none at this time
   */
  static void count(Stores stores, License license, Instant now) {
    SeatRelease allowed = license.policy().seatRelease();
    if (allowed.by() == SeatRelease.By.VENDOR) {
      throw FailureException.conflict(
          Code.SEAT_RELEASE_NOT_ALLOWED, "Only the vendor frees seats of this license.");
    }
    Integer perWeek = allowed.perWeek();
    if (perWeek == null) {
      return;
    }
    Instant weekAgo = now.minus(WEEK);
    List<Instant> before = stores.seats().releases(license.no(), weekAgo);
    if (before.size() >= perWeek) {
      Instant next = before.get(before.size() - perWeek).plus(WEEK);
      throw new FailureException(
          new Failure.SeatReleaseLimit(
              Duration.between(now, next),
              "Of this license "
                  + perWeek
                  + (perWeek == 1 ? " seat" : " seats")
                  + " may be given back within seven days. The next one may be at "
                  + next
                  + "."));
    }
    stores.seats().noteRelease(license.no(), now, weekAgo);
  }
}
