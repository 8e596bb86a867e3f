package dev.licet.domain.counter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class CounterRuleTest {
  private static final Instant LAST_OF_MAY = Instant.parse("2026-05-31T23:59:59.999Z");
  private static final Instant JUNE = Instant.parse("2026-06-01T00:00:00Z");
  private static final CounterRule MONTHLY = new CounterRule(10L, CounterReset.MONTHLY);

  @Test
  void aMonthlyCounterStartsAgainWithTheMonth() {
    CounterUse use = new CounterUse(CounterReset.MONTHLY.period(LAST_OF_MAY), 4);
    assertEquals(new CounterState(MONTHLY, 4, 6L, JUNE), MONTHLY.at(use, LAST_OF_MAY));
    assertEquals(
        new CounterState(MONTHLY, 0, 10L, Instant.parse("2026-07-01T00:00:00Z")),
        MONTHLY.at(use, JUNE));
  }

  @Test
  void aUseOfALaterPeriodCounts() {
    CounterUse use = new CounterUse(CounterReset.MONTHLY.period(JUNE), 4);
    assertEquals(4, MONTHLY.at(use, LAST_OF_MAY).used());
  }

  @Test
  void theYearTurnsToo() {
    Instant december = Instant.parse("2026-12-31T12:00:00Z");
    assertEquals(Instant.parse("2027-01-01T00:00:00Z"), CounterReset.MONTHLY.next(december));
    assertEquals(
        CounterReset.MONTHLY.period(december) + 1,
        CounterReset.MONTHLY.period(Instant.parse("2027-01-01T00:00:00Z")));
  }

  @Test
  void withoutMonthsItNeverStartsAgain() {
    CounterRule rule = new CounterRule(10L, CounterReset.NEVER);
    assertEquals(new CounterState(rule, 4, 6L, null), rule.at(new CounterUse(0, 4), LAST_OF_MAY));
  }

  @Test
  void remainingIsNeverBelowZeroAndNullWhenUnlimited() {
    assertEquals(
        0L, new CounterRule(3L, CounterReset.NEVER).at(new CounterUse(0, 4), JUNE).remaining());
    assertEquals(
        null, new CounterRule(null, CounterReset.NEVER).at(new CounterUse(0, 4), JUNE).remaining());
  }

  @Test
  void aCounterThatStopsBeingMonthlyCountsOn() {
    CounterUse monthly = new CounterUse(CounterReset.MONTHLY.period(JUNE), 4);
    assertEquals(4, new CounterRule(10L, CounterReset.NEVER).at(monthly, JUNE).used());
    assertEquals(0, MONTHLY.at(new CounterUse(0, 4), JUNE).used());
  }
}
