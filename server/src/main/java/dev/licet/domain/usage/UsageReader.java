package dev.licet.domain.usage;

import dev.licet.domain.Tenant;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** What the journal knows, inside one transaction: the folded counters plus the unfolded tail. */
public interface UsageReader {
  /** Totals of licences; those that were never validated are absent. */
  Map<Long, UsageTotals> totals(Collection<Long> licenseNos);

  /** Newest first. */
  List<UsageRecord> history(long licenseNo, UsageQuery query);

  /** Figures over all of a licence's history. */
  UsageSummary summary(Tenant tenant, long licenseNo, Instant now);

  /** Shows the sums of what was selected, in no order; what belongs together may come in parts. */
  void sums(UsageSelection selection, UsageSelection.Use use);

  /**
   * Shows each group of what was selected once, in no order, of any number of groups. The time is
   * not told apart, licences, domains or devices are.
   *
   * @throws dev.licet.domain.StoreUnavailableException when too much is not counted yet
   */
  void groups(UsageSelection selection, UsageSelection.Groups groups);

  /**
   * What numbers of plans, products, licences, countries and outcomes stand for, as the API writes
   * it. What is gone is absent.
   */
  Map<Long, String> names(Tenant tenant, UsageDimension dimension, Collection<Long> numbers);

  /**
   * How many licences of a tenant were found valid since a day, UTC, on how many domains and
   * devices of them.
   */
  UsageActivity activity(Tenant tenant, long sinceDay);

  /**
   * Validations of a calendar month that count against their accounts' quotas, as far as they are
   * committed. Accounts that had none are absent.
   */
  Map<Long, Long> validationsIn(YearMonth month, Collection<Long> accountNos);
}
