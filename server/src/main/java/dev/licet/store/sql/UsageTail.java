package dev.licet.store.sql;

import dev.licet.domain.usage.JournalStore;
import dev.licet.domain.usage.UsageTotals;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Counters together with the events that are not folded into them yet. */
final class UsageTail {
  /** How far the events of each node are folded. */
  private static final String POSITIONS =
      "SELECT node_no, folded_to, round_to, next_license FROM usage_nodes WHERE closed = 0";

  /** The batches of a node that may hold unfolded events. */
  private static final String BATCHES =
      "SELECT first_id, events FROM usage_batches WHERE first_id >= :first AND first_id < :end";

  /** Of these, the ones that may hold some of a licence. */
  private static final String BATCHES_OF = BATCHES + " AND (licenses & :licenses) = :licenses";

  /** Valid uses of licences, as far as they are folded. */
  private static final String LICENSES =
      """
      SELECT license_no AS no, validations, last_at
      FROM license_usage WHERE outcome = 0 AND license_no <in_nos>
      """;

  /** Valid uses of seats, as far as they are folded. */
  private static final String SEATS =
      """
      SELECT activation_no AS no, validations, last_validated_at AS last_at
      FROM activation_usage WHERE activation_no <in_nos>
      """;

  private record Position(long nodeNo, long foldedTo, long roundTo, long nextLicense) {
    boolean isFolded(EventReader event) {
      return event.id() <= foldedTo || (event.id() <= roundTo && event.licenseNo() < nextLicense);
    }
  }

  private UsageTail() {}

  /** Shows each unfolded event that is wanted, in no order. */
  static void forEach(Handle handle, Predicate<EventReader> wanted, Consumer<EventReader> use) {
    forEach(handle, () -> handle.createQuery(BATCHES), wanted, use);
  }

  /** Shows each unfolded event of a licence, in no order. */
  static void forEachOf(Handle handle, long licenseNo, Consumer<EventReader> use) {
    long bits = LicenseBits.of(licenseNo);
    forEach(
        handle,
        () -> handle.createQuery(BATCHES_OF).bind("licenses", bits),
        event -> event.licenseNo() == licenseNo,
        use);
  }

  private static void forEach(
      Handle handle,
      Supplier<Query> batches,
      Predicate<EventReader> wanted,
      Consumer<EventReader> use) {
    List<Position> positions =
        handle
            .createQuery(POSITIONS)
            .map((row, context) ->
                new Position(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)))
            .list();
    for (Position position : positions) {
      batches
          .get()
          .bind("first", position.foldedTo() + 2 - JournalStore.MAX_BATCH)
          .bind("end", JournalStore.firstId(position.nodeNo() + 1))
          .setFetchSize(JournalStatements.FETCHED_BATCHES)
          .map((row, context) -> new EventReader(row.getLong(1), row.getBytes(2)))
          .forEach(events -> {
            while (events.next()) {
              if (wanted.test(events) && !position.isFolded(events)) {
                use.accept(events);
              }
            }
          });
    }
  }

  /** Totals of licences that were ever found valid. */
  static Map<Long, UsageTotals> licenseTotals(Handle handle, Collection<Long> licenseNos) {
    if (licenseNos.isEmpty()) {
      return Map.of();
    }
    Map<Long, UsageTotals> totals = folded(handle, LICENSES, licenseNos);
    Consumer<EventReader> count =
        event -> {
          if (event.isValid()) {
            add(totals, event.licenseNo(), event.atMillis());
          }
        };
    Set<Long> wanted = Set.copyOf(licenseNos);
    if (wanted.size() == 1) {
      forEachOf(handle, wanted.iterator().next(), count);
    } else {
      forEach(handle, event -> wanted.contains(event.licenseNo()), count);
    }
    return totals;
  }

  /** Totals of those seats of one licence to which a valid answer ever went. */
  static Map<Long, UsageTotals> seatTotals(
      Handle handle, long licenseNo, Collection<Long> seatNos) {
    Map<Long, UsageTotals> totals = folded(handle, SEATS, seatNos);
    Set<Long> wanted = new HashSet<>(seatNos);
    forEachOf(
        handle,
        licenseNo,
        event -> {
          if (event.isValid() && wanted.contains(event.domainSeat())) {
            add(totals, event.domainSeat(), event.atMillis());
          }
          if (event.isValid() && wanted.contains(event.deviceSeat())) {
            add(totals, event.deviceSeat(), event.atMillis());
          }
        });
    return totals;
  }

  private static Map<Long, UsageTotals> folded(
      Handle handle, String sql, Collection<Long> numbers) {
    Map<Long, UsageTotals> totals = new HashMap<>();
    handle
        .createQuery(sql)
        .bind("nos", Rows.list(numbers))
        .map((row, context) ->
            totals.put(
                row.getLong("no"),
                new UsageTotals(
                    row.getLong("validations"), Instant.ofEpochMilli(row.getLong("last_at")))))
        .list();
    return totals;
  }

  private static void add(Map<Long, UsageTotals> totals, long no, long atMillis) {
    totals.merge(
        no,
        new UsageTotals(1, Instant.ofEpochMilli(atMillis)),
        (a, b) -> new UsageTotals(a.validations() + 1, later(a, b)));
  }

  private static Instant later(UsageTotals a, UsageTotals b) {
    Instant first = a.lastValidatedAt();
    Instant second = b.lastValidatedAt();
    if (first == null || second == null) {
      throw new IllegalArgumentException("what was counted was seen");
    }
    return first.isAfter(second) ? first : second;
  }
}
