package dev.licet.domain.sla;

import dev.licet.domain.Transactions;
import dev.licet.domain.sla.SlaReport.Day;
import dev.licet.domain.sla.SlaReport.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Says how well all nodes together served. */
public final class SlaReports {
  /** How long hours are kept. */
  public static final Duration KEPT = Duration.ofDays(100);

  /** Days that can be asked for, at most. */
  public static final int MAX_DAYS = 90;

  private static final long HOURS_OF_DAY = 24;

  private final Transactions transactions;
  private final ServiceLevels levels;
  private final InstantSource clock;

  public SlaReports(Transactions transactions, ServiceLevels levels, InstantSource clock) {
    this.transactions = transactions;
    this.levels = levels;
    this.clock = clock;
  }

  /** The last days, today among them; their limits are those of UTC. */
  public SlaReport last(int days) {
    Instant now = clock.instant();
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    Instant from = today.minusDays(days - 1L).atStartOfDay(ZoneOffset.UTC).toInstant();
    long firstHour = Slots.hour(from.toEpochMilli());
    long lastHour = Slots.hour(now.toEpochMilli());
    Map<Long, Sums> hours = new TreeMap<>();
    levels.each(
        firstHour, lastHour, row -> hours.computeIfAbsent(row.hour(), hour -> new Sums()).add(row));
    long known = knownSince(firstHour, hours);
    Sums total = new Sums();
    List<Day> perDay = new ArrayList<>();
    for (int day = 0; day < days; day++) {
      Sums sums = new Sums();
      for (long hour = firstHour + day * HOURS_OF_DAY;
          hour < firstHour + (day + 1) * HOURS_OF_DAY;
          hour++) {
        sums.add(hours.getOrDefault(hour, Sums.NONE), hour, known, now.toEpochMilli());
      }
      perDay.add(new Day(today.minusDays(days - 1L - day), sums.level()));
      total.add(sums);
    }
    return new SlaReport(from, now, total.level(), perDay);
  }

  /** The times of all validations of a time, to the hour. */
  public Latencies latencies(Instant from, Instant to) {
    Latencies sum = new Latencies();
    levels.each(
        Slots.hour(from.toEpochMilli()),
        Slots.hour(to.toEpochMilli() - 1),
        row -> sum.add(row.latencies()));
    return sum;
  }

  /** Nothing is expected before the first check that there ever was. */
  private long knownSince(long firstHour, Map<Long, Sums> hours) {
    OptionalLong first = transactions.read(stores -> stores.sla().firstHour());
    if (first.isPresent() && first.getAsLong() < firstHour) {
      return firstHour * Slots.HOUR_MILLIS;
    }
    return hours.entrySet().stream()
        .filter(entry -> !entry.getValue().passed.isEmpty())
        .mapToLong(entry ->
            entry.getKey() * Slots.HOUR_MILLIS
                + entry.getValue().passed.nextSetBit(0) * Slots.SLOT_MILLIS)
        .findFirst()
        .orElse(Long.MAX_VALUE);
  }

  /** What is added up of hours. */
  private static final class Sums {
    static final Sums NONE = new Sums();

    /** Of one hour: where any node was well. */
    final BitSet passed = new BitSet(Slots.SLOTS_OF_HOUR);

    final Latencies latencies = new Latencies();
    long expected;
    long passedCount;
    long failed;
    long errors;

    /** Another node of the same hour. */
    void add(ServiceHour row) {
      passed.or(row.passed());
      failed += row.failed();
      errors += row.errors();
      latencies.add(row.latencies());
    }

    /** An hour, as far as it lies in a time. */
    void add(Sums of, long hour, long fromMillis, long toMillis) {
      expected += Slots.between(hour, fromMillis, toMillis);
      passedCount += Slots.passedBetween(of.passed, hour, fromMillis, toMillis);
      addCounts(of);
    }

    void add(Sums day) {
      expected += day.expected;
      passedCount += day.passedCount;
      addCounts(day);
    }

    private void addCounts(Sums of) {
      failed += of.failed;
      errors += of.errors;
      latencies.add(of.latencies);
    }

    Level level() {
      return new Level(
          expected, passedCount, failed, errors, latencies.total(), latencies.percentiles());
    }
  }
}
