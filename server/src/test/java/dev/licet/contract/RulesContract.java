package dev.licet.contract;

import dev.licet.domain.Given;
import dev.licet.domain.Tenant;
import dev.licet.domain.license.ExpiresFrom;
import dev.licet.domain.license.License;
import dev.licet.domain.license.Overrides;
import dev.licet.domain.license.Term;
import dev.licet.domain.plan.Plan;
import dev.licet.domain.plan.Plans;
import dev.licet.domain.plan.RuleChanges;
import dev.licet.domain.plan.Rules;
import dev.licet.domain.plan.SeatRelease;
import dev.licet.store.Database;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * Two nodes on one database, at a time that the test sets; one database object where it is alone.
 */
abstract class RulesContract extends Contract {
  static final String KEY = "A KEY OF THE OLD DAYS";
  static final int CLIENTS = 64;

  final MovableClock clock = new MovableClock(Instant.parse("2030-01-01T00:00:00Z"));
  ValidationNode one;
  ValidationNode two;
  Tenant tenant;
  private Database second;

  @BeforeEach
  final void startNodes() {
    second = backend.isShared() ? backend.open() : database;
    one = new ValidationNode(database, clock);
    two = new ValidationNode(second, clock);
    tenant = fixture.account("one");
  }

  @AfterEach
  final void stopNodes() {
    one.close();
    two.close();
    if (second != database) {
      second.close();
    }
  }

  final ValidationNode node(int client) {
    return client % 2 == 0 ? one : two;
  }

  /** Rules that say this alone. */
  static Rules rules(int graceDays, @Nullable SeatRelease release, int leaseMinutes) {
    return new Rules(
        null, graceDays, release, leaseMinutes, null, null, null, null, null, null, null);
  }

  final Plan plan(String name, int maxDevices, Rules rules) {
    Plan plan =
        new Plan(
            0,
            name,
            List.of(),
            null,
            maxDevices,
            null,
            false,
            ExpiresFrom.CREATION,
            rules,
            Fixture.NOW,
            Fixture.NOW);
    return database
        .transactions()
        .write(stores -> {
          stores.plans().insert(tenant.accountNo(), plan);
          return stores.plans().find(tenant.accountNo(), name).orElseThrow();
        });
  }

  /** Inserts a licence that follows a plan in everything. */
  final License license(String key, Plan plan, @Nullable Instant expiresAt) {
    License draft = fixture.license(tenant, key);
    License license =
        draft
            .with(plan, Overrides.NONE, draft.customer(), Map.of())
            .with(new Term(ExpiresFrom.CREATION, null, expiresAt, null));
    return database.transactions().write(stores -> stores.licenses().insert(license)).orElseThrow();
  }

  /** Changes of how long a device's lease is, and of whether a domain must be named. */
  static RuleChanges changes(Given<Integer> leaseMinutes, Given<Boolean> requireDomain) {
    return new RuleChanges(
        Given.absent(),
        Given.absent(),
        Given.absent(),
        leaseMinutes,
        requireDomain,
        Given.absent(),
        Given.absent(),
        Given.absent(),
        Given.absent(),
        Given.absent(),
        Given.absent());
  }

  final void change(Plan plan, RuleChanges changes) {
    new Plans(database.transactions(), clock)
        .update(
            tenant.accountNo(),
            plan.name(),
            new Plans.Fields(
                Given.absent(),
                Given.absent(),
                Given.absent(),
                Given.absent(),
                Given.absent(),
                Given.absent(),
                changes));
  }

  /** What clients get that call all at once. */
  static <T> List<T> atOnce(int clients, IntFunction<T> call) throws Exception {
    CyclicBarrier line = new CyclicBarrier(clients);
    List<Callable<T>> calls = new ArrayList<>();
    for (int i = 0; i < clients; i++) {
      int client = i;
      calls.add(() -> {
        line.await();
        return call.apply(client);
      });
    }
    List<T> results = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var result : threads.invokeAll(calls)) {
        results.add(result.get());
      }
    }
    return results;
  }
}
