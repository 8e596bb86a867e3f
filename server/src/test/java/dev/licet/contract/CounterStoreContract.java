package dev.licet.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.licet.domain.Given;
import dev.licet.domain.Stores;
import dev.licet.domain.Tenant;
import dev.licet.domain.counter.Consumption.Consumed;
import dev.licet.domain.counter.CounterReset;
import dev.licet.domain.counter.CounterRule;
import dev.licet.domain.counter.CounterState;
import dev.licet.domain.counter.CounterUse;
import dev.licet.domain.counter.Receipt;
import dev.licet.domain.license.License;
import dev.licet.domain.license.Overrides;
import dev.licet.domain.plan.Rules;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What licences use up. */
@Timeout(60)
abstract class CounterStoreContract extends Contract {
  private static final String NAME = "exports";

  private Tenant tenant;
  private License license;

  @BeforeEach
  void createLicense() {
    tenant = fixture.account("one");
    license = fixture.insert(tenant, "COUNTED-KEY");
  }

  private <T> T write(Function<Stores, T> work) {
    return database.transactions().write(work);
  }

  private Optional<CounterUse> add(long period, long amount, long bound) {
    return write(s -> s.counters().add(license.no(), NAME, new CounterUse(period, amount), bound));
  }

  private CounterUse present() {
    return write(s -> s.counters().find(license.no(), NAME));
  }

  @Test
  void usesAddUpToTheBoundAndNotBeyond() {
    assertEquals(Optional.empty(), add(0, 11, 10));
    assertEquals(CounterUse.NONE, present());
    assertEquals(Optional.of(new CounterUse(0, 7)), add(0, 7, 10));
    assertEquals(Optional.empty(), add(0, 4, 10));
    assertEquals(Optional.of(new CounterUse(0, 10)), add(0, 3, 10));
    assertEquals(Optional.empty(), add(0, 1, 10));
    assertEquals(new CounterUse(0, 10), present());
  }

  @Test
  void theHighestBoundHolds() {
    long most = CounterRule.MOST;
    assertEquals(Optional.of(new CounterUse(0, most - 1)), add(0, most - 1, most));
    assertEquals(Optional.empty(), add(0, 2, most));
    assertEquals(Optional.of(new CounterUse(0, most)), add(0, 1, most));
  }

  @Test
  void aNewPeriodStartsFromZeroAndALateClockDoesNotReturnToTheOldOne() {
    add(100, 10, 10);
    assertEquals(Optional.empty(), add(100, 1, 10));
    assertEquals(Optional.of(new CounterUse(101, 4)), add(101, 4, 10));
    assertEquals(Optional.of(new CounterUse(101, 6)), add(100, 2, 10));
    assertEquals(Optional.empty(), add(100, 5, 10));
    assertEquals(Optional.empty(), add(102, 11, 10));
    assertEquals(new CounterUse(101, 6), present());
  }

  @Test
  void countersOfOthersAreTheirOwn() {
    License other = fixture.insert(tenant, "OTHER-KEY");
    add(0, 5, 10);
    write(s -> s.counters().add(license.no(), "credits", new CounterUse(7, 1), 10));
    assertEquals(
        Map.of(license.no(), Map.of(NAME, new CounterUse(0, 5), "credits", new CounterUse(7, 1))),
        write(s -> s.counters().ofLicenses(List.of(license.no(), other.no()))));
    assertEquals(CounterUse.NONE, write(s -> s.counters().find(other.no(), NAME)));
  }

  @Test
  void whatIsPutStands() {
    add(9, 5, 10);
    write(s -> {
      s.counters().put(license.no(), NAME, new CounterUse(3, 0));
      s.counters().put(license.no(), "credits", new CounterUse(0, 8));
      return true;
    });
    assertEquals(new CounterUse(3, 0), present());
    assertEquals(new CounterUse(0, 8), write(s -> s.counters().find(license.no(), "credits")));
  }

  @Test
  void ofManyWhoRaceNoneGoesPastTheBound() throws Exception {
    List<Callable<Boolean>> races = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      races.add(() -> add(5, 3, 100).isPresent());
    }
    int granted = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
      for (Future<Boolean> race : threads.invokeAll(races)) {
        granted += race.get() ? 1 : 0;
      }
    }
    assertEquals(33, granted);
    assertEquals(new CounterUse(5, 99), present());
  }

  @Test
  void receiptsAreFoundAsTheyWereUntilForgotten() {
    Instant reset = Instant.parse("2026-06-01T00:00:00Z");
    Receipt monthly = receipt("a", new CounterRule(10L, CounterReset.MONTHLY), 4L, reset);
    Receipt unlimited = receipt("b", new CounterRule(null, CounterReset.NEVER), null, null);
    write(s -> {
      s.counters().insert(monthly);
      s.counters().insert(unlimited);
      return true;
    });
    assertEquals(Optional.of(monthly), receipt("a"));
    assertEquals(Optional.of(unlimited), receipt("b"));
    assertEquals(Optional.empty(), receipt("c"));
    write(s -> {
      s.counters().forgetReceipts(license.no(), Fixture.NOW);
      s.counters().forgetReceipts(license.no() + 1, Fixture.NOW.plusSeconds(9));
      return true;
    });
    assertEquals(Optional.of(monthly), receipt("a"));
    write(s -> {
      s.counters().forgetReceipts(license.no(), Fixture.NOW.plusMillis(1));
      return true;
    });
    assertEquals(Optional.empty(), receipt("a"));
  }

  @Test
  void rulesAreReadBackAsTheyWere() {
    Map<String, CounterRule> own =
        Map.of(
            NAME,
            new CounterRule(null, CounterReset.NEVER),
            "credits",
            new CounterRule(CounterRule.MOST, CounterReset.MONTHLY));
    Overrides overrides =
        new Overrides(
            Given.absent(),
            Given.absent(),
            Given.absent(),
            new Rules(null, null, null, null, null, null, null, null, null, null, own));
    License changed =
        license.with(license.plan(), overrides, license.customer(), license.metadata());
    write(s -> {
      s.licenses().update(changed);
      return true;
    });
    assertEquals(Optional.of(changed), write(s -> s.licenses().find(tenant, license.id())));
    assertEquals(own, changed.counters());
    assertEquals(license.plan().counters(), license.counters());
  }

  private Optional<Receipt> receipt(String key) {
    return write(s -> s.counters().receipt(license.no(), key));
  }

  private Receipt receipt(String key, CounterRule rule, Long remaining, Instant resetsAt) {
    CounterState state = new CounterState(rule, 6, remaining, resetsAt);
    return new Receipt(license.no(), key, new Consumed(NAME, 2, state), Fixture.NOW);
  }
}
