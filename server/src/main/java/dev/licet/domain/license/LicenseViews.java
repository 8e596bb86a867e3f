package dev.licet.domain.license;

import dev.licet.domain.Stores;
import dev.licet.domain.Transactions;
import dev.licet.domain.activation.Seat;
import dev.licet.domain.activation.SeatKind;
import dev.licet.domain.counter.CounterUse;
import dev.licet.domain.usage.UsageTotals;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Joins licences with their seats and their use, a fixed number of statements for any number. */
final class LicenseViews {
  private LicenseViews() {}

  static LicenseView of(Stores stores, License license, Instant now) {
    return of(stores, List.of(license), now).getFirst();
  }

  /**
   * The view of a licence that was just written, with its seats and its use as they are now. Reads
   * outside of the writing transaction, since the tail of the journal may be long.
   */
  static LicenseView read(Transactions transactions, License written, Instant now) {
    return transactions.read(stores -> of(stores, written, now));
  }

  /** The view of a new licence, which nothing was recorded for yet. */
  static LicenseView ofNew(License license, Collection<String> domains) {
    List<String> shown = domains.stream().limit(LicenseView.MAX_SEATS_SHOWN).toList();
    return new LicenseView(license, shown, List.of(), Map.of(), UsageTotals.NONE);
  }

  static List<LicenseView> of(Stores stores, List<License> licenses, Instant now) {
    List<Long> numbers = licenses.stream().map(License::no).toList();
    Map<Long, List<Seat>> seats =
        stores.seats().ofLicenses(numbers, LicenseView.MAX_SEATS_SHOWN, now);
    Map<Long, UsageTotals> totals = stores.usage().totals(numbers);
    Map<Long, Map<String, CounterUse>> uses = counterUses(stores, licenses);
    return licenses.stream()
        .map(license ->
            new LicenseView(
                license,
                values(seats.getOrDefault(license.no(), List.of()), SeatKind.DOMAIN),
                values(seats.getOrDefault(license.no(), List.of()), SeatKind.DEVICE),
                uses.getOrDefault(license.no(), Map.of()),
                totals.getOrDefault(license.no(), UsageTotals.NONE)))
        .toList();
  }

  /** Licences without counters, which most are, are not asked for. */
  static Map<Long, Map<String, CounterUse>> counterUses(Stores stores, List<License> licenses) {
    List<Long> numbers =
        licenses.stream()
            .filter(license -> !license.counters().isEmpty())
            .map(License::no)
            .toList();
    return numbers.isEmpty() ? Map.of() : stores.counters().ofLicenses(numbers);
  }

  static List<String> values(List<Seat> seats, SeatKind kind) {
    return seats.stream().filter(seat -> seat.kind() == kind).map(Seat::value).toList();
  }
}
