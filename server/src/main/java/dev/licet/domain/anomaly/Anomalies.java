package dev.licet.domain.anomaly;

import dev.licet.domain.Resting;
import dev.licet.domain.Tenant;
import dev.licet.domain.Transactions;
import dev.licet.domain.anomaly.AnomalyReader.Days;
import dev.licet.domain.anomaly.AnomalySearch.Found;
import dev.licet.domain.anomaly.AnomalySearch.Suspicion;
import dev.licet.domain.license.License;
import dev.licet.domain.usage.MonthlyUse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tells a tenant's licences whose use points to sharing. */
public final class Anomalies {
  /** Days that can be looked at. */
  public static final int MAX_DAYS = 30;

  private final Transactions transactions;
  private final InstantSource clock;
  private final Resting<Question, Found> found = new Resting<>();

  private record Question(Tenant tenant, int days) {}

  /** A licence and what was found of it. */
  public record Suspect(License license, List<Finding> findings) {}

  /**
   * What was found.
   *
   * @param from the start of the first day
   * @param asOf when it was looked for
   * @param active how many licences were in use
   * @param suspects the most extreme first, a thousand at most
   */
  public record Report(Instant from, Instant asOf, long active, List<Suspect> suspects) {}

  public Anomalies(Transactions transactions, InstantSource clock) {
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * Looks at the last days of UTC, today among them. What takes long is looked for again only after
   * a time.
   */
  public Report last(Tenant tenant, int days) {
    Resting.Known<Found> known =
        found.get(
            new Question(tenant, days),
            clock.instant(),
            () -> new AnomalySearch(transactions, tenant, days(clock.instant(), days)).run());
    Days looked = days(known.at(), days);
    List<Suspicion> suspicions = known.value().suspicions();
    List<Long> numbers = suspicions.stream().map(Suspicion::licenseNo).toList();
    Map<Long, License> licenses = new HashMap<>();
    transactions
        .read(stores -> stores.licenses().find(tenant, numbers))
        .forEach(license -> licenses.put(license.no(), license));
    List<Suspect> suspects = new ArrayList<>();
    for (Suspicion suspicion : suspicions) {
      License license = licenses.get(suspicion.licenseNo());
      if (license != null) {
        suspects.add(new Suspect(license, suspicion.findings()));
      }
    }
    return new Report(
        Instant.EPOCH.plus(Duration.ofDays(looked.first())),
        known.at(),
        known.value().active(),
        suspects);
  }

  static Days days(Instant now, int days) {
    long today = MonthlyUse.day(now.toEpochMilli());
    return new Days(today - days + 1, today + 1);
  }
}
