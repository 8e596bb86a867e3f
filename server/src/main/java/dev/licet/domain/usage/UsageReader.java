package dev.licet.domain.usage;

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

  UsageSummary summary(long licenseNo, Instant now);

  /**
   * Validations of a calendar month that count against their accounts' quotas, as far as they are
   * committed. Accounts that had none are absent.
   */
  Map<Long, Long> validationsIn(YearMonth month, Collection<Long> accountNos);
}
