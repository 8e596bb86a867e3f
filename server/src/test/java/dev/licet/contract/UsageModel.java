package dev.licet.contract;

import dev.licet.domain.usage.Outcome;
import dev.licet.domain.usage.UsageEvent;
import dev.licet.domain.usage.UsageQuery;
import dev.licet.domain.usage.UsageRecord;
import dev.licet.domain.usage.UsageSummary;
import dev.licet.domain.usage.UsageTotals;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** What the journal should know: all events in a list, looked through each time. */
final class UsageModel {
  static final Instant NOW = Instant.parse("2026-05-01T10:30:00Z");

  private static final long HOUR = 3_600_000;
  private static final long SPAN = 40 * 24 * HOUR;
  private static final int SEATS = 30;

  private final Random random;
  private final int licenses;
  private final List<UsageRecord> records = new ArrayList<>();

  UsageModel(Random random, int licenses) {
    this.random = random;
    this.licenses = licenses;
  }

  List<Long> licenses() {
    return LongStream.rangeClosed(1, licenses).boxed().toList();
  }

  /** A time within the last 40 days; some are equal. */
  long time() {
    long back =
        random.nextInt(4) == 0 ? random.nextInt(5) * HOUR : (long) (random.nextDouble() * SPAN);
    return NOW.toEpochMilli() - back;
  }

  /** Adds all events once more, with greater ids. */
  void repeat(long more) {
    records.addAll(
        records.stream()
            .map(record -> new UsageRecord(record.eventId() + more, record.event()))
            .toList());
  }

  List<UsageEvent> random(int size) {
    List<UsageEvent> events = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      Outcome outcome =
          random.nextBoolean()
              ? Outcome.VALID
              : Outcome.of(random.nextInt(Outcome.values().length));
      events.add(
          Uses.event(
              1 + random.nextInt(licenses),
              time(),
              outcome,
              random.nextBoolean() ? "d" + random.nextInt(9) + ".example" : null,
              random.nextBoolean() ? "device-" + random.nextInt(9) : null,
              "192.0.2." + random.nextInt(256),
              random.nextInt(SEATS),
              random.nextInt(SEATS)));
    }
    return events;
  }

  UsageQuery randomQuery() {
    Instant from = random.nextBoolean() ? Instant.ofEpochMilli(time()) : null;
    Instant to = random.nextBoolean() ? Instant.ofEpochMilli(time()) : null;
    Boolean valid = random.nextBoolean() ? (Boolean) random.nextBoolean() : null;
    UsageQuery.Position after =
        random.nextBoolean() ? position(records.get(random.nextInt(records.size()))) : null;
    return new UsageQuery(from, to, valid, 1 + random.nextInt(20), after);
  }

  void add(long firstId, List<UsageEvent> events) {
    for (int i = 0; i < events.size(); i++) {
      records.add(new UsageRecord(firstId + i, events.get(i)));
    }
  }

  Map<Long, UsageTotals> totals(Collection<Long> wanted) {
    return valid(UsageEvent::licenseNo, wanted);
  }

  /** Totals of seats of a licence. */
  Map<Long, UsageTotals> seatTotals(long license, Collection<Long> seats) {
    Map<Long, UsageTotals> totals = new HashMap<>();
    for (UsageRecord use : records) {
      UsageEvent event = use.event();
      if (event.licenseNo() == license && event.outcome() == Outcome.VALID) {
        for (long seat : new long[] {event.domainSeat(), event.deviceSeat()}) {
          if (seats.contains(seat)) {
            totals.merge(seat, once(event), UsageModel::sum);
          }
        }
      }
    }
    return totals;
  }

  private Map<Long, UsageTotals> valid(ToLongFunction<UsageEvent> key, Collection<Long> wanted) {
    Map<Long, UsageTotals> totals = new HashMap<>();
    for (UsageRecord use : records) {
      long number = key.applyAsLong(use.event());
      if (use.event().outcome() == Outcome.VALID && wanted.contains(number)) {
        totals.merge(number, once(use.event()), UsageModel::sum);
      }
    }
    return totals;
  }

  private static UsageTotals once(UsageEvent event) {
    return new UsageTotals(1, Instant.ofEpochMilli(event.atMillis()));
  }

  private static UsageTotals sum(UsageTotals a, UsageTotals b) {
    Instant later =
        a.lastValidatedAt().isAfter(b.lastValidatedAt())
            ? a.lastValidatedAt()
            : b.lastValidatedAt();
    return new UsageTotals(a.validations() + b.validations(), later);
  }

  UsageSummary summary(long license) {
    List<UsageEvent> uses =
        records.stream().map(UsageRecord::event).filter(e -> e.licenseNo() == license).toList();
    long hour = NOW.toEpochMilli() / HOUR;
    return new UsageSummary(
        uses.size(),
        uses.stream().filter(use -> use.atMillis() >= (hour - 24) * HOUR).count(),
        uses.stream().filter(use -> use.atMillis() >= (hour - 720) * HOUR).count(),
        uses.stream().collect(Collectors.groupingBy(UsageEvent::outcome, Collectors.counting())));
  }

  List<UsageRecord> history(long license, UsageQuery query) {
    return records.stream()
        .filter(use -> use.event().licenseNo() == license && matches(use, query))
        .sorted(
            Comparator.comparingLong((UsageRecord use) -> use.event().atMillis())
                .thenComparingLong(UsageRecord::eventId)
                .reversed())
        .limit(query.limit())
        .toList();
  }

  private static boolean matches(UsageRecord use, UsageQuery query) {
    Instant at = Instant.ofEpochMilli(use.event().atMillis());
    boolean valid = use.event().outcome() == Outcome.VALID;
    return (query.from() == null || !at.isBefore(query.from()))
        && (query.to() == null || at.isBefore(query.to()))
        && (query.valid() == null || query.valid() == valid)
        && (query.after() == null
            || at.isBefore(query.after().at())
            || (at.equals(query.after().at()) && use.eventId() < query.after().eventId()));
  }

  static UsageQuery.Position position(UsageRecord use) {
    return new UsageQuery.Position(Instant.ofEpochMilli(use.event().atMillis()), use.eventId());
  }
}
