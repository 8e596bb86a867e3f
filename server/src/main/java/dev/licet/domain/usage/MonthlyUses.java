package dev.licet.domain.usage;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Adds up what a batch of events counts for the months of their accounts. */
final class MonthlyUses {
  private final Map<Key, Integer> sums = new HashMap<>();

  /** The events in a row that count for the same account on the same day, mostly all of them. */
  private long account;

  private long day;
  private int run;

  private record Key(long accountNo, int month) {}

  void add(long accountNo, UsageEvent event) {
    if (event.outcome() == Outcome.QUOTA_EXCEEDED) {
      return;
    }
    long on = MonthlyUse.day(event.atMillis());
    if (accountNo != account || on != day) {
      endRun();
      account = accountNo;
      day = on;
    }
    run++;
  }

  /** What was added up. */
  List<MonthlyUse> sums() {
    endRun();
    return sums.entrySet().stream()
        .map(sum -> new MonthlyUse(sum.getKey().accountNo(), sum.getKey().month(), sum.getValue()))
        .toList();
  }

  private void endRun() {
    if (run > 0) {
      int month = MonthlyUse.number(MonthlyUse.month(day));
      sums.merge(new Key(account, month), run, Integer::sum);
      run = 0;
    }
  }
}
