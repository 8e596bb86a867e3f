package dev.licet.domain.plan;

import static dev.licet.domain.license.ExpiresFrom.CREATION;

import dev.licet.domain.Failure.Conflict.Code;
import dev.licet.domain.FailureException;
import dev.licet.domain.Given;
import dev.licet.domain.IsoDuration;
import dev.licet.domain.Page;
import dev.licet.domain.Stores;
import dev.licet.domain.Transactions;
import dev.licet.domain.activation.Leases;
import dev.licet.domain.audit.AuditRecord;
import dev.licet.domain.license.ExpiresFrom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
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
      Given<IsoDuration> duration,
      Given<Boolean> localDomainsTakeSeats,
      Given<ExpiresFrom> expiresFrom,
      RuleChanges rules) {}

  /** The plans that a fresh account has. */
  public static List<Plan> defaults(Instant now) {
    IsoDuration year = IsoDuration.read("P1Y").orElseThrow();
    return List.of(
        plain("starter", 1, year, now),
        plain("professional", 3, year, now),
        plain("enterprise", null, year, now));
  }

  private static Plan plain(
      String name, @Nullable Integer seats, @Nullable IsoDuration duration, Instant now) {
    return new Plan(
        0, name, List.of(), seats, seats, duration, false, CREATION, Rules.NONE, now, now);
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
    Plan plan = with(plain(name, null, null, now), fields, now);
    return transactions.write(stores -> {
      if (!stores.plans().insert(accountNo, plan)) {
        throw FailureException.conflict(Code.PLAN_EXISTS, "The account has a plan of this name.");
      }
      Plan created = find(stores, accountNo, name);
      stores.audit().append(AuditRecord.shared(accountNo, "plan.created", name, null, created));
      return created;
    });
  }

  /** Changes a plan and with it all licences on it that do not say otherwise themselves. */
  public Plan update(long accountNo, String name, Fields fields) {
    return transactions.write(stores -> {
      Plan before =
          stores.plans().lock(accountNo, name).orElseThrow(() -> FailureException.notFound("plan"));
      Instant now = now();
      Plan after = with(before, fields, now);
      Leases.planChanges(stores, before, after, now);
      stores.plans().update(accountNo, after);
      stores.changes().planChanged(after.no());
      stores.audit().append(AuditRecord.shared(accountNo, "plan.updated", name, before, after));
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
      stores.audit().append(AuditRecord.shared(accountNo, "plan.deleted", name, plan, null));
    });
  }

  private static Plan with(Plan plan, Fields fields, Instant now) {
    List<String> features = fields.features().value();
    Boolean localDomains = fields.localDomainsTakeSeats().value();
    ExpiresFrom expiresFrom = fields.expiresFrom().value();
    return new Plan(
        plan.no(),
        plan.name(),
        features == null ? plan.features() : features,
        fields.maxDomains().or(plan.maxDomains()),
        fields.maxDevices().or(plan.maxDevices()),
        fields.duration().or(plan.duration()),
        localDomains == null ? plan.localDomainsTakeSeats() : localDomains,
        expiresFrom == null ? plan.expiresFrom() : expiresFrom,
        fields.rules().applyTo(plan.rules()),
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
