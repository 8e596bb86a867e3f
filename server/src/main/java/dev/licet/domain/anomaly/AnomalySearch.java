package dev.licet.domain.anomaly;

import dev.licet.domain.Stores;
import dev.licet.domain.Tenant;
import dev.licet.domain.Transactions;
import dev.licet.domain.anomaly.AnomalyReader.Days;
import dev.licet.domain.anomaly.AnomalyReader.Part;
import dev.licet.domain.anomaly.Finding.Travel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One look through a tenant's licences. It goes through their numbers in parts, each in a
 * transaction of its own that is over soon, so that neither a snapshot of the database nor the rows
 * of many licences are held for long.
 */
final class AnomalySearch {
  /** Licences that are told at most, and those of each measure. */
  static final int MOST = 1_000;

  private static final long FIRST_WIDTH = 4_096;
  private static final long SHORT_NANOS = 50_000_000;
  private static final long LONG_NANOS = 400_000_000;

  private final Transactions transactions;
  private final Tenant tenant;
  private final Days days;
  private final Map<Measure, Distribution> distributions = new EnumMap<>(Measure.class);
  private final Extremes<Travel> travels = new Extremes<>(MOST);
  private long active;

  /** What was found of a licence. */
  record Suspicion(long licenseNo, List<Finding> findings) {}

  /**
   * What was found.
   *
   * @param active how many licences were in use
   * @param suspicions the most extreme first
   */
  record Found(long active, List<Suspicion> suspicions) {}

  AnomalySearch(Transactions transactions, Tenant tenant, Days days) {
    this.transactions = transactions;
    this.tenant = tenant;
    this.days = days;
    for (Measure measure : Measure.values()) {
      distributions.put(measure, new Distribution(measure, MOST));
    }
  }

  Found run() {
    List<Long> ends = transactions.report(stores -> stores.anomalies().ends(tenant, days));
    if (!ends.isEmpty()) {
      look(ends.getFirst(), ends.getLast());
    }
    Distribution givenUp = of(Measure.SEATS_GIVEN_UP);
    Instant from = Instant.EPOCH.plus(Duration.ofDays(days.first()));
    transactions.report(stores -> {
      stores.anomalies().countSeatsGivenUp(tenant, from, givenUp::add);
      return true;
    });
    givenUp.addNone(active - givenUp.total());
    return new Found(active, suspicions());
  }

  private void look(long first, long last) {
    long width = FIRST_WIDTH;
    long next = first;
    while (next <= last) {
      Part part = new Part(tenant, days, next, Math.min(last + 1, next + width));
      long begin = System.nanoTime();
      Seen seen = transactions.report(stores -> Seen.of(stores, part));
      add(seen);
      next = part.end();
      long took = System.nanoTime() - begin;
      width = took < SHORT_NANOS ? width * 2 : took > LONG_NANOS ? Math.max(1, width / 2) : width;
    }
  }

  /** What a part came to; apart from what is kept, since reading may begin again. */
  private record Seen(
      long active, Map<Measure, Map<Long, Long>> counts, Map<Long, Travel> travels) {
    static Seen of(Stores stores, Part part) {
      AnomalyReader reader = stores.anomalies();
      Map<Measure, Map<Long, Long>> counts = new EnumMap<>(Measure.class);
      for (Measure measure : List.of(Measure.COUNTRIES, Measure.DEVICES, Measure.NETWORKS)) {
        Map<Long, Long> ofMeasure = new LinkedHashMap<>();
        reader.count(measure, part, ofMeasure::put);
        counts.put(measure, ofMeasure);
      }
      Map<Long, Travel> travels = new LinkedHashMap<>();
      for (long licenseNo : reader.roaming(part, MOST)) {
        Journey journey = new Journey();
        reader.sightings(part.tenant(), part.days(), licenseNo, journey);
        Travel fastest = journey.fastest();
        if (fastest != null) {
          travels.put(licenseNo, fastest);
        }
      }
      return new Seen(reader.active(part), counts, travels);
    }
  }

  private void add(Seen seen) {
    active += seen.active();
    seen.counts().forEach((measure, counts) -> counts.forEach(of(measure)::add));
    seen.travels().forEach((no, travel) -> travels.add(no, travel.extremity(), travel));
  }

  private Distribution of(Measure measure) {
    return distributions.computeIfAbsent(measure, it -> new Distribution(it, MOST));
  }

  private List<Suspicion> suspicions() {
    Map<Long, List<Finding>> findings = new LinkedHashMap<>();
    distributions
        .values()
        .forEach(distribution ->
            distribution.farOut().forEach((no, excess) -> list(findings, no).add(excess)));
    travels.all().forEach(travel -> list(findings, travel.licenseNo()).add(travel.value()));
    Extremes<List<Finding>> most = new Extremes<>(MOST);
    findings.forEach((no, list) -> most.add(no, extremity(list), list));
    return most.all().stream()
        .map(entry -> new Suspicion(entry.licenseNo(), List.copyOf(entry.value())))
        .toList();
  }

  private static List<Finding> list(Map<Long, List<Finding>> findings, long licenseNo) {
    return findings.computeIfAbsent(licenseNo, no -> new ArrayList<>());
  }

  private static double extremity(List<Finding> findings) {
    return findings.stream().mapToDouble(Finding::extremity).sum();
  }
}
