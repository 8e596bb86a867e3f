package dev.licet.domain.billing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.licet.Permutations;
import dev.licet.domain.Tenant;
import dev.licet.domain.billing.Command.DisputeState;
import dev.licet.domain.billing.Mapping.QuantityRule;
import dev.licet.domain.billing.OrderPolicy.Decision;
import dev.licet.domain.license.LicenseStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What is known of an order, and what follows from it, whichever way it became known. */
class OrderFactsTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Terms SUSPEND =
      new Terms(Terms.LapseRule.SUSPEND, 0, Terms.RefundRule.REVOKE);

  private static Instant day(int day) {
    return START.plus(Duration.ofDays(day));
  }

  private static Command ordered(int day, String price, int quantity) {
    return new Command.PlanChanged(
        day(day), "sub", List.of(new OrderLine("item", List.of(price), quantity, true)));
  }

  private static Command bought(int day) {
    return new Command.Bought(day(day), new Buyer("ada@example.com", "Ada"));
  }

  private static OrderFacts facts(Command... commands) {
    OrderFacts facts = OrderFacts.NONE;
    for (Command command : commands) {
      facts = facts.with(command);
    }
    return facts;
  }

  private static CheckoutConnection connection(Terms terms, QuantityRule rule) {
    return new CheckoutConnection(
        1,
        "chk_1",
        new Tenant(1, true),
        Provider.STRIPE,
        "shop",
        List.of(new Mapping("small", "starter", null, rule), new Mapping("big", "pro", null, rule)),
        terms,
        List.of(),
        false,
        START,
        START);
  }

  private static Wanted only(OrderFacts facts, Terms terms) {
    Decision decision = OrderPolicy.decide(facts, connection(terms, QuantityRule.LICENSES));
    assertEquals(1, decision.units().size(), decision::toString);
    return decision.units().getFirst().wanted();
  }

  private static final List<Command> STORY =
      List.of(
          ordered(0, "small", 2),
          bought(0),
          new Command.Paid(day(0), day(30)),
          new Command.Resumed(day(0), false),
          new Command.Renewed(day(0), day(30)),
          new Command.Renewed(day(30), day(60)),
          new Command.Lapsed(day(30), Standing.PAST_DUE),
          new Command.Paid(day(33), day(60)),
          ordered(40, "big", 5),
          ordered(50, "big", 3),
          new Command.Lapsed(day(60), Standing.PAUSED),
          new Command.Resumed(day(70), false),
          new Command.CancelledAtPeriodEnd(day(71), day(90)),
          new Command.CancelledAtPeriodEnd(day(72), null),
          new Command.Disputed(day(73), "dispute", DisputeState.OPEN),
          new Command.Disputed(day(74), "dispute", DisputeState.WON),
          new Command.Refunded(day(75), "payment", false));

  @Test
  void allOrdersOfSixFactsLeadToTheSameState() {
    List<Command> six =
        List.of(STORY.get(0), STORY.get(1), STORY.get(2), STORY.get(6), STORY.get(8), STORY.get(7));
    OrderFacts expected = facts(six.toArray(Command[]::new));
    List<List<Command>> orders = Permutations.of(six);
    assertEquals(720, orders.size());
    orders.forEach(order -> assertEquals(expected, facts(order.toArray(Command[]::new))));
  }

  @Test
  void anyOrderAndAnyRepetitionOfAllFactsLeadsToTheSameState() {
    OrderFacts expected = facts(STORY.toArray(Command[]::new));
    SplittableRandom random = new SplittableRandom(7);
    for (int round = 0; round < 2_000; round++) {
      List<Command> shuffled = new ArrayList<>(STORY);
      for (int i = 0; i < 10; i++) {
        shuffled.add(STORY.get(random.nextInt(STORY.size())));
      }
      Collections.shuffle(shuffled, new java.util.Random(round));
      int cut = random.nextInt(shuffled.size());
      OrderFacts one = facts(shuffled.subList(0, cut).toArray(Command[]::new));
      OrderFacts other = facts(shuffled.subList(cut, shuffled.size()).toArray(Command[]::new));
      assertEquals(expected, one.join(other), () -> shuffled.toString());
    }
  }

  @Test
  void nothingIsIssuedBeforeMoneyOrATrial() {
    OrderFacts unpaid =
        facts(ordered(0, "small", 1), bought(0), new Command.Resumed(day(0), false));
    assertEquals(
        0, OrderPolicy.decide(unpaid, connection(SUSPEND, QuantityRule.LICENSES)).units().size());
    assertEquals("starter", only(unpaid.with(new Command.Resumed(day(1), true)), SUSPEND).plan());
    assertEquals("starter", only(unpaid.with(new Command.Paid(day(1), null)), SUSPEND).plan());
  }

  @Test
  void subscriptionThatLapsesMeansWhatTheTermsSay() {
    OrderFacts lapsed =
        facts(
            ordered(0, "small", 1),
            bought(0),
            new Command.Paid(day(0), day(30)),
            new Command.Renewed(day(30), day(60)),
            new Command.Lapsed(day(30).plusSeconds(60), Standing.PAST_DUE));
    Wanted suspended = only(lapsed, SUSPEND);
    assertEquals(LicenseStatus.SUSPENDED, suspended.status());
    assertEquals("a payment failed", suspended.reason());
    Wanted graced = only(lapsed, new Terms(Terms.LapseRule.GRACE, 7, Terms.RefundRule.REVOKE));
    assertEquals(LicenseStatus.ACTIVE, graced.status());
    assertEquals(day(37), graced.expiresAt());
    Wanted running =
        only(lapsed, new Terms(Terms.LapseRule.PERIOD_END, 0, Terms.RefundRule.REVOKE));
    assertEquals(day(30), running.expiresAt());
    Wanted paid = only(lapsed.with(new Command.Paid(day(33), day(60))), SUSPEND);
    assertEquals(LicenseStatus.ACTIVE, paid.status());
    assertEquals(day(60), paid.expiresAt());
  }

  @Test
  void moneyThatGoesBackMeansWhatTheTermsSay() {
    OrderFacts back =
        facts(
            ordered(0, "small", 1),
            bought(0),
            new Command.Paid(day(0), day(30)),
            new Command.Refunded(day(3), "p", true));
    assertEquals(LicenseStatus.REVOKED, only(back, SUSPEND).status());
    Terms mild = new Terms(Terms.LapseRule.SUSPEND, 0, Terms.RefundRule.SUSPEND);
    assertEquals(LicenseStatus.SUSPENDED, only(back, mild).status());
    assertEquals(
        LicenseStatus.ACTIVE, only(back.with(new Command.Paid(day(5), null)), mild).status());
    Terms none = new Terms(Terms.LapseRule.SUSPEND, 0, Terms.RefundRule.NOTHING);
    assertEquals(LicenseStatus.ACTIVE, only(back, none).status());
    OrderFacts partly = facts(ordered(0, "small", 1), bought(0), new Command.Paid(day(0), null));
    assertEquals(
        LicenseStatus.ACTIVE,
        only(partly.with(new Command.Refunded(day(3), "p", false)), SUSPEND).status());
    OrderFacts disputed = partly.with(new Command.Disputed(day(4), "d", DisputeState.OPEN));
    assertEquals(LicenseStatus.SUSPENDED, only(disputed, none).status());
    assertEquals(
        LicenseStatus.REVOKED,
        only(disputed.with(new Command.Disputed(day(5), "d", DisputeState.LOST)), SUSPEND)
            .status());
  }

  @Test
  void quantityIsLicensesOrSeats() {
    OrderFacts paid = facts(ordered(0, "small", 3), bought(0), new Command.Paid(day(0), null));
    Decision three = OrderPolicy.decide(paid, connection(SUSPEND, QuantityRule.LICENSES));
    assertEquals(3, three.units().size());
    Decision fewer =
        OrderPolicy.decide(
            paid.with(ordered(1, "small", 1)), connection(SUSPEND, QuantityRule.LICENSES));
    assertEquals(
        List.of(LicenseStatus.ACTIVE, LicenseStatus.SUSPENDED, LicenseStatus.SUSPENDED),
        fewer.units().stream().map(unit -> unit.wanted().status()).toList());
    Decision seats = OrderPolicy.decide(paid, connection(SUSPEND, QuantityRule.SEATS));
    assertEquals(3, seats.units().getFirst().wanted().seats());
    Decision many =
        OrderPolicy.decide(
            facts(ordered(0, "small", 101), bought(0), new Command.Paid(day(0), null)),
            connection(SUSPEND, QuantityRule.LICENSES));
    assertEquals(0, many.units().size());
    assertNotEquals(null, many.problem());
  }

  @Test
  void whatIsNotMappedIsSaid() {
    OrderFacts unknown = facts(ordered(0, "other", 1), bought(0), new Command.Paid(day(0), null));
    Decision decision = OrderPolicy.decide(unknown, connection(SUSPEND, QuantityRule.LICENSES));
    assertEquals("The mapping has none of other.", decision.problem().detail());
    assertNull(
        OrderPolicy.decide(
                unknown.with(ordered(1, "big", 1)), connection(SUSPEND, QuantityRule.LICENSES))
            .problem());
    OrderFacts nobodys = facts(ordered(0, "big", 1), new Command.Paid(day(0), null));
    assertEquals(
        true,
        OrderPolicy.decide(nobodys, connection(SUSPEND, QuantityRule.LICENSES))
            .problem()
            .ofBuyer());
  }
}
