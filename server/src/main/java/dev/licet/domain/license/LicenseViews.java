package dev.licet.domain.license;

import dev.licet.domain.Stores;
import dev.licet.domain.activation.Seat;
import dev.licet.domain.activation.SeatKind;
import dev.licet.domain.usage.UsageTotals;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Joins licences with their seats and their use, a fixed number of statements for any number. */
final class LicenseViews {
  private LicenseViews() {}

  static LicenseView of(Stores stores, License license, Instant now) {
    return of(stores, List.of(license), now).getFirst();
  }

  static List<LicenseView> of(Stores stores, List<License> licenses, Instant now) {
    List<Long> numbers = licenses.stream().map(License::no).toList();
    Map<Long, List<Seat>> seats =
        stores.seats().ofLicenses(numbers, LicenseView.MAX_SEATS_SHOWN, now);
    Map<Long, UsageTotals> totals = stores.usage().totals(numbers);
    return licenses.stream()
        .map(license ->
            new LicenseView(
                license,
                values(seats.getOrDefault(license.no(), List.of()), SeatKind.DOMAIN),
                values(seats.getOrDefault(license.no(), List.of()), SeatKind.DEVICE),
                totals.getOrDefault(license.no(), UsageTotals.NONE)))
        .toList();
  }

  private static List<String> values(List<Seat> seats, SeatKind kind) {
    return seats.stream().filter(seat -> seat.kind() == kind).map(Seat::value).toList();
  }
}
