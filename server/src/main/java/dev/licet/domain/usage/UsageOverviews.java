package dev.licet.domain.usage;

import dev.licet.domain.Resting;
import dev.licet.domain.Stores;
import dev.licet.domain.Tenant;
import dev.licet.domain.Transactions;
import dev.licet.domain.usage.UsageSelection.Resolution;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Sums up how a tenant's licences are used. */
public final class UsageOverviews {
  /** Days over which licences, domains and devices count as active. */
  public static final int ACTIVE_DAYS = 30;

  private static final Duration QUARTER = Duration.ofMinutes(15);

  private final Transactions transactions;
  private final InstantSource clock;
  private final Resting<Tenant, UsageActivity> counted = new Resting<>();

  /** Valid and refused validations of a time. */
  public record Sums(long valid, long refused) {
    public long total() {
      return valid + refused;
    }
  }

  /**
   * How a tenant's licences are used.
   *
   * @param today of the day of UTC
   * @param month of the month of UTC
   * @param refused those refused in the month, by outcome
   * @param active what was in use in the last 30 days
   * @param activeAsOf when that was counted
   */
  public record Overview(
      Sums today,
      Sums month,
      Map<Outcome, Long> refused,
      UsageActivity active,
      Instant activeAsOf) {}

  public UsageOverviews(Transactions transactions, InstantSource clock) {
    this.transactions = transactions;
    this.clock = clock;
  }

  public Overview of(Tenant tenant) {
    Instant now = clock.instant();
    Instant day = now.atZone(ZoneOffset.UTC).toLocalDate().atStartOfDay().toInstant(ZoneOffset.UTC);
    Instant month =
        YearMonth.from(now.atZone(ZoneOffset.UTC))
            .atDay(1)
            .atStartOfDay()
            .toInstant(ZoneOffset.UTC);
    Instant to = now.plus(QUARTER);
    return transactions.report(stores -> {
      Map<Outcome, Long> ofMonth = outcomes(stores, tenant, month, to);
      Map<Outcome, Long> ofDay = outcomes(stores, tenant, day, to);
      Resting.Known<UsageActivity> activity = activity(stores, tenant, now);
      Map<Outcome, Long> refused = new HashMap<>(ofMonth);
      refused.remove(Outcome.VALID);
      return new Overview(sums(ofDay), sums(ofMonth), refused, activity.value(), activity.at());
    });
  }

  private static Map<Outcome, Long> outcomes(
      Stores stores, Tenant tenant, Instant from, Instant to) {
    Map<Outcome, Long> outcomes = new HashMap<>();
    stores
        .usage()
        .sums(
            new UsageSelection(
                tenant, null, List.of(UsageDimension.OUTCOME), Resolution.NONE, from, to),
            (at, values, valid, count) -> {
              if (values.getFirst() instanceof Long number) {
                outcomes.merge(Outcome.of(number.intValue()), count, Long::sum);
              }
            });
    return outcomes;
  }

  private static Sums sums(Map<Outcome, Long> outcomes) {
    long valid = outcomes.getOrDefault(Outcome.VALID, 0L);
    long all = outcomes.values().stream().mapToLong(Long::longValue).sum();
    return new Sums(valid, all - valid);
  }

  private Resting.Known<UsageActivity> activity(Stores stores, Tenant tenant, Instant now) {
    long since = MonthlyUse.day(now.toEpochMilli()) - ACTIVE_DAYS;
    return counted.get(tenant, now, () -> stores.usage().activity(tenant, since));
  }
}
