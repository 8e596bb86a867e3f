package dev.licet.domain.billing;

import dev.licet.domain.billing.Command.DisputeState;
import dev.licet.domain.billing.Mapping.QuantityRule;
import dev.licet.domain.billing.OrderFacts.LineFacts;
import dev.licet.domain.license.LicenseStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Decides from the facts of an order, and from them alone, which licences there should be. Pure: no
 * clock, no I/O.
 */
public final class OrderPolicy {
  /** A line has no more licences than this; one of more is left to a person. */
  public static final int MAX_LICENSES = 100;

  private OrderPolicy() {}

  /** A licence that there should be: the so-and-so-many-th of a line. */
  public record Unit(String lineKey, int unit, Wanted wanted) {}

  /**
   * What there should be.
   *
   * @param problem why a part of the order is not done; {@code null} when all is
   */
  public record Decision(List<Unit> units, @Nullable Problem problem) {}

  /**
   * Why a part of an order is not done.
   *
   * @param ofBuyer whether the buyer's address is all that is missing, which may be on its way
   */
  public record Problem(String detail, boolean ofBuyer) {}

  /** Decides. */
  public static Decision decide(OrderFacts facts, CheckoutConnection connection) {
    if (!facts.entitled() || facts.lines().isEmpty()) {
      return new Decision(List.of(), null);
    }
    Dated<Buyer> buyer = facts.buyer();
    if (buyer == null) {
      return new Decision(
          List.of(), new Problem("No event of the order says the buyer's e-mail address.", true));
    }
    List<Unit> units = new ArrayList<>();
    List<String> unknown = new ArrayList<>();
    boolean tooMany = false;
    int known = 0;
    for (LineFacts line : new TreeMap<>(facts.lines()).values()) {
      Optional<Mapping> mapping = connection.mappingOf(line.newest().value().priceIds());
      if (facts.isCurrent(line.newest().value().key())) {
        if (mapping.isPresent()) {
          known++;
        } else {
          unknown.addAll(line.newest().value().priceIds());
        }
      }
      boolean perLicense =
          mapping.map(Mapping::quantity).orElse(QuantityRule.SEATS) == QuantityRule.LICENSES;
      if (perLicense && line.most() > MAX_LICENSES) {
        tooMany = true;
        continue;
      }
      int count = perLicense ? line.most() : 1;
      for (int unit = 0; unit < count; unit++) {
        units.add(unit(facts, connection.terms(), buyer.value(), line, mapping, unit));
      }
    }
    return new Decision(units, problem(connection.provider(), unknown, known, tooMany));
  }

  private static @Nullable Problem problem(
      Provider provider, List<String> unknown, int known, boolean tooMany) {
    if (tooMany) {
      return new Problem("A line asks for more than " + MAX_LICENSES + " licenses.", false);
    }
    if (known > 0) {
      return null; // a shop also sells what needs no licence
    }
    String detail =
        unknown.isEmpty()
            ? priceless(provider)
            : "The mapping has none of " + String.join(", ", unknown) + ".";
    return new Problem(detail, false);
  }

  /** What to do about an order of which nobody says what it is of. */
  private static String priceless(Provider provider) {
    return "No event of the order names a price."
        + (provider == Provider.STRIPE
            ? " Sell by a payment link, or put price_id into the metadata of the checkout session."
                + " Create a license for this order by hand."
            : "");
  }

  private static Unit unit(
      OrderFacts facts,
      Terms terms,
      Buyer buyer,
      LineFacts line,
      Optional<Mapping> mapping,
      int unit) {
    OrderLine newest = line.newest().value();
    Access access = access(facts, terms, line.recurring());
    boolean ordered = facts.isCurrent(newest.key());
    boolean seats =
        mapping.map(Mapping::quantity).filter(rule -> rule == QuantityRule.SEATS).isPresent();
    if (access.status() == LicenseStatus.ACTIVE && !ordered) {
      access = access.suspended("no longer ordered");
    } else if (access.status() == LicenseStatus.ACTIVE && unit > 0 && unit >= newest.quantity()) {
      access = access.suspended("fewer are ordered");
    }
    return new Unit(
        newest.key(),
        unit,
        new Wanted(
            buyer,
            mapping.map(Mapping::plan).orElse(null),
            mapping.map(Mapping::product).orElse(null),
            seats ? newest.quantity() : null,
            access.ends(),
            access.expiresAt(),
            access.status(),
            access.reason()));
  }

  /** What an order gives the right to. */
  private record Access(
      LicenseStatus status, @Nullable String reason, boolean ends, @Nullable Instant expiresAt) {
    Access suspended(String why) {
      return new Access(LicenseStatus.SUSPENDED, why, ends, expiresAt);
    }

    Access revoked(String why) {
      return new Access(LicenseStatus.REVOKED, why, ends, expiresAt);
    }
  }

  private static Access access(OrderFacts facts, Terms terms, boolean recurring) {
    Access standing =
        recurring
            ? ofSubscription(facts, terms)
            : new Access(LicenseStatus.ACTIVE, null, false, null);
    if (goneBack(facts, terms)) {
      return terms.refund() == Terms.RefundRule.REVOKE
          ? standing.revoked("the payment was returned")
          : standing.suspended("the payment was returned");
    }
    boolean disputed =
        facts.disputes().values().stream().anyMatch(it -> it.value() == DisputeState.OPEN);
    return disputed && standing.status() == LicenseStatus.ACTIVE
        ? standing.suspended("the payment is disputed")
        : standing;
  }

  /** Whether money that went back takes the licence with it. */
  private static boolean goneBack(OrderFacts facts, Terms terms) {
    if (terms.refund() == Terms.RefundRule.NOTHING) {
      return false;
    }
    boolean forGood = terms.refund() == Terms.RefundRule.REVOKE;
    return facts.refunds().values().stream()
            .anyMatch(it -> it.value() && (forGood || !paidAfter(facts, it.at())))
        || facts.disputes().values().stream()
            .anyMatch(
                it -> it.value() == DisputeState.LOST && (forGood || !paidAfter(facts, it.at())));
  }

  private static boolean paidAfter(OrderFacts facts, Instant time) {
    return facts.lastPaid() != null && facts.lastPaid().isAfter(time);
  }

  private static Access ofSubscription(OrderFacts facts, Terms terms) {
    Dated<Standing> standing = facts.standing();
    Instant paid = facts.paidThrough();
    Instant period = facts.periodEnd() == null ? null : facts.periodEnd().value();
    if (standing == null
        || standing.value().isGood()
        || (standing.value() == Standing.PAST_DUE && paidAfter(facts, standing.at()))) {
      Instant end = facts.end() == null ? null : facts.end().value().orElse(null);
      Instant until = period == null ? paid : period;
      return ending(end == null ? until : end);
    }
    if (standing.value() == Standing.PAUSED) {
      return ending(period == null ? paid : period).suspended("the subscription is paused");
    }
    String why =
        standing.value() == Standing.ENDED ? "the subscription has ended" : "a payment failed";
    Instant due = paid == null ? earlier(period, standing.at()) : paid;
    return switch (terms.lapse()) {
      case SUSPEND -> ending(period == null ? due : period).suspended(why);
      case PERIOD_END -> ending(due);
      case GRACE -> ending(due.plus(Duration.ofDays(terms.graceDays())));
    };
  }

  private static Instant earlier(@Nullable Instant one, Instant other) {
    return one == null || other.isBefore(one) ? other : one;
  }

  private static Access ending(@Nullable Instant end) {
    return new Access(LicenseStatus.ACTIVE, null, end != null, end);
  }
}
