package dev.licet.domain.plan;

import dev.licet.domain.Failure.Conflict.Code;
import dev.licet.domain.FailureException;
import dev.licet.domain.Given;
import dev.licet.domain.IsoDuration;
import dev.licet.domain.Page;
import dev.licet.domain.Stores;
import dev.licet.domain.Transactions;
import dev.licet.domain.counter.CounterRule;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The plans of an account. All calls throw {@link FailureException} as their docs say. */
public final class Plans {
  private final Transactions transactions;
  private final InstantSource clock;

  public Plans(Transactions transactions, InstantSource clock) {
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * What a vendor says of a plan; what is absent is left as it is, or at its default in a new one.
   */
  public record Fields(
      Given<List<String>> features,
      Given<Integer> maxDomains,
      Given<Integer> maxDevices,
      Given<Map<String, CounterRule>> counters,
      Given<IsoDuration> duration,
      Given<Boolean> localDomainsTakeSeats) {}

  /** The plans that a fresh account has. */
  public static List<Plan> defaults(Instant now) {
    IsoDuration year = IsoDuration.read("P1Y").orElseThrow();
    return List.of(
        new Plan(0, "starter", List.of(), 1, 1, Map.of(), year, false, now, now),
        new Plan(0, "professional", List.of(), 3, 3, Map.of(), year, false, now, now),
        new Plan(0, "enterprise", List.of(), null, null, Map.of(), year, false, now, now));
  }

  public Plan get(long accountNo, String name) {
    return transactions.read(stores -> find(stores, accountNo, name));
  }

  /** By name, in rising order. */
  public Page<Plan> list(long accountNo, int limit, @Nullable String startingAfter) {
    return transactions.read(stores -> stores.plans().list(accountNo, limit, startingAfter));
  }

  /** Adds a plan; fails when the name is taken. */
  public Plan create(long accountNo, String name, Fields fields) {
    Instant now = now();
    Plan empty = new Plan(0, name, List.of(), null, null, Map.of(), null, false, now, now);
    Plan plan = with(empty, fields, now);
    return transactions.write(stores -> {
      if (!stores.plans().insert(accountNo, plan)) {
        throw FailureException.conflict(Code.PLAN_EXISTS, "The account has a plan of this name.");
      }
      return find(stores, accountNo, name);
    });
  }

  /** Changes a plan and with it all licences on it that do not say otherwise themselves. */
  public Plan update(long accountNo, String name, Fields fields) {
    Instant now = now();
    return transactions.write(stores -> {
      Plan before = find(stores, accountNo, name);
      Plan after = with(before, fields, now);
      stores.plans().update(accountNo, after);
      stores.changes().planChanged(after.no());
      return after;
    });
  }

  /** Deletes a plan that no licence is on. */
  public void delete(long accountNo, String name) {
    transactions.run(stores -> {
      Plan plan = find(stores, accountNo, name);
      if (!stores.plans().delete(accountNo, plan.no())) {
        throw FailureException.conflict(
            Code.PLAN_IN_USE, "Licenses are on this plan. Move them to another one first.");
      }
    });
  }

  private static Plan with(Plan plan, Fields fields, Instant now) {
    List<String> features = fields.features().value();
    Map<String, CounterRule> counters = fields.counters().value();
    Boolean localDomains = fields.localDomainsTakeSeats().value();
    return new Plan(
        plan.no(),
        plan.name(),
        features == null ? plan.features() : features,
        fields.maxDomains().or(plan.maxDomains()),
        fields.maxDevices().or(plan.maxDevices()),
        counters == null ? plan.counters() : counters,
        fields.duration().or(plan.duration()),
        localDomains == null ? plan.localDomainsTakeSeats() : localDomains,
        plan.createdAt(),
        now);
  }

  private static Plan find(Stores stores, long accountNo, String name) {
    return stores
        .plans()
        .find(accountNo, name)
        .orElseThrow(() -> FailureException.notFound("plan"));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
