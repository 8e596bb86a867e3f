package dev.licet.domain.billing;

import dev.licet.domain.Caller;
import dev.licet.domain.FailureException;
import dev.licet.domain.Given;
import dev.licet.domain.Stores;
import dev.licet.domain.account.Grant;
import dev.licet.domain.billing.OrderPolicy.Decision;
import dev.licet.domain.billing.OrderPolicy.Problem;
import dev.licet.domain.billing.OrderPolicy.Unit;
import dev.licet.domain.billing.OrderStore.Issued;
import dev.licet.domain.billing.OrderStore.Order;
import dev.licet.domain.event.Actor;
import dev.licet.domain.id.Ids;
import dev.licet.domain.license.Customer;
import dev.licet.domain.license.License;
import dev.licet.domain.license.LicenseChanges;
import dev.licet.domain.license.LicenseIssuer;
import dev.licet.domain.license.LicenseStatus;
import dev.licet.domain.license.LicenseUpdate;
import dev.licet.domain.license.NewLicense;
import dev.licet.domain.license.Overrides;
import dev.licet.domain.mail.Mail;
import dev.licet.domain.plan.Plan;
import dev.licet.domain.plan.RuleChanges;
import dev.licet.domain.plan.Rules;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes the licences of an order be as its facts want them. What the vendor changed by hand stays,
 * until the order wants something else than it did before.
 */
public final class OrderLicenses {
  private final LicenseIssuer issuer;
  private final LicenseChanges changes;
  private final Ids ids;
  private final boolean mails;

  /**
   * @param mails whether buyers are told their keys by mail
   */
  public OrderLicenses(LicenseIssuer issuer, LicenseChanges changes, Ids ids, boolean mails) {
    this.issuer = issuer;
    this.changes = changes;
    this.ids = ids;
    this.mails = mails;
  }

  /**
   * Issues and changes what is needed, inside a transaction that others join.
   *
   * @return why a part of it is not done; {@code null} when all is
   */
  @Nullable Problem bringAbout(
      Stores stores, CheckoutConnection connection, Order order, Instant now) {
    Decision decision = OrderPolicy.decide(order.facts(), connection);
    Map<String, Issued> issued = new HashMap<>();
    for (Issued one : stores.orders().issued(order.no())) {
      issued.put(place(one.lineKey(), one.unit()), one);
    }
    Caller caller = new Caller(connection.tenant(), Actor.checkout(connection.id()), Grant.ALL);
    Context context = new Context(caller, order, now, new ArrayList<>());
    Problem problem = decision.problem();
    // A part that is refused is undone alone.
    try {
      for (Unit unit : decision.units()) {
        Issued before = issued.get(place(unit.lineKey(), unit.unit()));
        bringAbout(stores, context, unit, before);
      }
    } catch (FailureException e) {
      problem = new Problem(e.failure().detail(), false);
    }
    if (mails && !context.fresh().isEmpty()) {
      stores.mails().add(mail(context));
    }
    if (problem == null) {
      stores.checkoutEvents().resolve(order.no(), now);
    }
    return problem;
  }

  /**
   * What is done for one order.
   *
   * @param fresh the ids of licences that were issued and may be used
   */
  private record Context(Caller caller, Order order, Instant now, List<String> fresh) {}

  private Mail mail(Context context) {
    return new Mail(
        0,
        ids.next(Ids.MAIL),
        context.caller().tenant(),
        context.fresh(),
        Mail.Status.PENDING,
        0,
        null,
        context.now(),
        context.now());
  }

  private static String place(String lineKey, int unit) {
    return unit + " " + lineKey;
  }

  private void bringAbout(Stores stores, Context context, Unit unit, @Nullable Issued before) {
    Wanted wanted = unit.wanted();
    if (before != null) {
      Wanted after = wanted.plan() == null ? wanted.onPlanOf(before.wanted()) : wanted;
      if (!after.equals(before.wanted())) {
        change(stores, context, before, after);
        stores
            .orders()
            .update(
                context.order(),
                new Issued(unit.lineKey(), unit.unit(), before.licenseId(), after, before.at()));
      }
    } else if (wanted.plan() != null) {
      License license = issue(stores, context, wanted);
      stores
          .orders()
          .add(
              context.order(),
              new Issued(unit.lineKey(), unit.unit(), license.id(), wanted, context.now()),
              license.no());
    }
  }

  /** A licence begins active; what the order has been through since comes right after. */
  private License issue(Stores stores, Context context, Wanted wanted) {
    NewLicense fresh =
        new NewLicense(
            wanted.product(),
            Objects.requireNonNull(wanted.plan()),
            new Customer(wanted.buyer().email(), wanted.buyer().name()),
            seats(stores, context.caller(), wanted),
            List.of(),
            wanted.ends() ? Given.of(wanted.expiresAt()) : Given.absent(),
            Given.absent(),
            null,
            Map.of(),
            null);
    License license = issuer.create(context.caller(), fresh).license();
    if (wanted.status() == LicenseStatus.ACTIVE) {
      context.fresh().add(license.id());
    } else {
      setStatus(context.caller(), license.id(), wanted);
    }
    return license;
  }

  private void change(Stores stores, Context context, Issued issued, Wanted after) {
    Caller caller = context.caller();
    License license = stores.licenses().lock(caller.tenant(), issued.licenseId()).orElse(null);
    if (license == null) {
      return;
    }
    Wanted before = issued.wanted();
    LicenseChanges.Target target = new LicenseChanges.Target(license.id(), null);
    boolean otherEnd = isOtherEnd(license, before, after);
    if (license.storedStatus() == LicenseStatus.REVOKED) {
      // Not what the vendor revoked by hand.
      if (before.status() == LicenseStatus.REVOKED) {
        changes.correct(caller, target, update(stores, caller, before, after, otherEnd));
      }
      return;
    }
    Instant end = license.term().expiresAt();
    boolean later =
        otherEnd && end != null && (after.expiresAt() == null || end.isBefore(after.expiresAt()));
    changes.update(caller, target, update(stores, caller, before, after, otherEnd && !later));
    if (later) {
      changes.renewUntil(caller, target, after.expiresAt());
    }
    if (before.status() != after.status() || !Objects.equals(before.reason(), after.reason())) {
      setStatus(caller, license.id(), after);
    }
  }

  private static boolean isOtherEnd(License license, Wanted before, Wanted after) {
    return after.ends()
        && !(before.ends() && Objects.equals(before.expiresAt(), after.expiresAt()))
        && !Objects.equals(license.term().expiresAt(), after.expiresAt());
  }

  private static LicenseUpdate update(
      Stores stores, Caller caller, Wanted before, Wanted after, boolean end) {
    boolean buyer = !before.buyer().equals(after.buyer());
    boolean seats =
        !Objects.equals(before.seats(), after.seats())
            || !Objects.equals(before.plan(), after.plan());
    return new LicenseUpdate(
        Objects.equals(before.plan(), after.plan()) ? Given.absent() : Given.of(after.plan()),
        seats ? seats(stores, caller, after) : Overrides.NONE,
        RuleChanges.NONE,
        end ? Given.of(after.expiresAt()) : Given.absent(),
        Given.absent(),
        buyer ? Given.of(after.buyer().email()) : Given.absent(),
        buyer ? Given.of(after.buyer().name()) : Given.absent(),
        Given.absent(),
        null,
        null,
        true);
  }

  private void setStatus(Caller caller, String licenseId, Wanted wanted) {
    LicenseChanges.Target target = new LicenseChanges.Target(licenseId, null);
    switch (wanted.status()) {
      case ACTIVE, EXPIRED -> changes.reinstate(caller, target, wanted.reason());
      case SUSPENDED -> changes.suspend(caller, target, wanted.reason());
      case REVOKED -> changes.revoke(caller, target, wanted.reason());
    }
  }

  /** The quantity limits devices where the plan limits those or nothing, else domains. */
  private static Overrides seats(Stores stores, Caller caller, Wanted wanted) {
    Integer seats = wanted.seats();
    if (seats == null || wanted.plan() == null) {
      return Overrides.NONE;
    }
    Optional<Plan> plan = stores.plans().find(caller.tenant().accountNo(), wanted.plan());
    boolean domains =
        plan.filter(it -> it.maxDevices() == null && it.maxDomains() != null).isPresent();
    Given<Integer> given = Given.of(seats);
    return new Overrides(
        domains ? given : Given.absent(),
        domains ? Given.absent() : given,
        Given.absent(),
        Rules.NONE);
  }
}
