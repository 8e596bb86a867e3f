package dev.licet.contract;

import static dev.licet.contract.CheckoutFixture.day;
import static dev.licet.contract.CheckoutFixture.scene;
import static java.util.stream.Collectors.groupingBy;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.licet.Permutations;
import dev.licet.domain.billing.CheckoutEvent;
import dev.licet.domain.billing.CheckoutEvent.Status;
import dev.licet.domain.billing.CheckoutInbox.Receipt;
import dev.licet.domain.billing.Provider;
import dev.licet.domain.billing.Scene;
import dev.licet.domain.license.License;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Six events of a subscription that come in any order, or again and again: at every provider they
 * leave one licence, in the same state. Each order is a subscription of its own at one shop. All
 * 720 are tried on SQLite for Stripe; the rest, which takes too long, is a sample.
 */
@Timeout(120)
abstract class CheckoutOrders extends Contract {
  private static final String PRO = "price_pro";
  private static final String TEAM = "price_team";

  /** What happens to a subscription, and what is left. */
  private record Story(List<Scene> scenes, String end) {}

  private static final Map<Provider, Story> STORIES =
      Map.of(
          Provider.STRIPE,
              new Story(
                  List.of(
                      scene("customer.subscription.created", 0, PRO, "trialing", 14),
                      scene("checkout.session.completed", 0, PRO, "no_payment_required", 14),
                      scene("customer.subscription.updated", 14, PRO, "active", 44),
                      scene("invoice.paid", 14.01, PRO, null, 44),
                      scene("customer.subscription.updated", 20, TEAM, "active", 44),
                      scene("invoice.payment_failed", 44, TEAM, null, 74)),
                  "team suspended, a payment failed, until " + day(44)),
          Provider.PADDLE,
              new Story(
                  List.of(
                      scene("subscription.created", 0, PRO, "trialing", 14),
                      scene("customer.created", 0, PRO, null, 14),
                      scene("subscription.activated", 14, PRO, null, 44),
                      scene("transaction.completed", 14, PRO, "subscription_recurring", 44),
                      scene("subscription.updated", 20, TEAM, null, 44),
                      scene("adjustment.created", 21, TEAM, "refund", 44)),
                  "team revoked, the payment was returned, until " + day(44)),
          Provider.LEMONSQUEEZY,
              new Story(
                  List.of(
                      scene("order_created", 0, PRO, null, 14),
                      scene("subscription_created", 0, PRO, "active", 30),
                      scene("subscription_payment_success", 0, PRO, null, 30),
                      scene("subscription_updated", 20, TEAM, "active", 30),
                      scene("subscription_paused", 25, TEAM, null, 30),
                      scene("subscription_payment_failed", 26, TEAM, null, 30)),
                  "team suspended, a payment failed, until " + day(30)),
          Provider.GENERIC,
              new Story(
                  List.of(
                      scene("order.paid", 0, PRO, null, 30),
                      scene("subscription.renewed", 30, PRO, null, 60),
                      scene("subscription.plan_changed", 40, TEAM, null, 60),
                      scene("subscription.lapsed", 60, TEAM, "past_due", 60),
                      scene("order.paid", 62, TEAM, null, 90),
                      scene("subscription.cancelled_at_period_end", 75, TEAM, null, 85)),
                  "team active, null, until " + day(85)));

  private CheckoutFixture shop;

  /** How many of the 720 orders are tried, which are taken by chance if they are not all. */
  abstract int tried(Provider provider);

  private Story connect(Provider provider) {
    shop = CheckoutFixture.of(database, fixture, provider, CheckoutFixture.TERMS);
    shop.clock.set(day(100));
    return STORIES.get(provider);
  }

  @ParameterizedTest
  @EnumSource
  void allOrdersOfSixEventsLeaveTheSame(Provider provider) {
    Story story = connect(provider);
    List<List<Scene>> orders = Permutations.of(story.scenes());
    assertEquals(720, orders.size());
    Collections.shuffle(orders, new Random(1));
    List<List<Scene>> tried = orders.subList(0, tried(provider));
    for (int event = 0; event < story.scenes().size(); event++) {
      int place = event;
      atOnce(() -> {
        for (int order = 0; order < tried.size(); order++) {
          assertEquals(Receipt.STORED, shop.send(of(order, tried.get(order).get(place))));
        }
      });
      atOnce(shop::applyAll);
    }
    Map<String, List<License>> left =
        shop.licenses().stream().collect(groupingBy(license -> license.customer().email()));
    for (int order = 0; order < tried.size(); order++) {
      List<String> states =
          left.getOrDefault(email(order), List.of()).stream().map(CheckoutOrders::state).toList();
      assertEquals(List.of(story.end()), states, tried.get(order)::toString);
    }
    assertEquals(tried.size(), left.size());
    assertEquals(List.of(), shop.events(Status.UNRESOLVED));
  }

  @ParameterizedTest
  @EnumSource
  void whatComesTenTimesCountsOnce(Provider provider) {
    Story story = connect(provider);
    for (Scene scene : story.scenes()) {
      for (int i = 0; i < 10; i++) {
        assertEquals(i == 0 ? Receipt.STORED : Receipt.KNOWN, shop.send(scene));
        shop.applyAll();
      }
    }
    License once = shop.license();
    assertEquals(story.end(), state(once));
    List<CheckoutEvent> applied = shop.events(Status.APPLIED);
    assertEquals(story.scenes().size(), applied.size());
    for (int i = 0; i < 10; i++) {
      applied.forEach(event -> shop.events.retry(shop.caller(), event.id()));
    }
    assertEquals(once, shop.license());
  }

  @ParameterizedTest
  @EnumSource
  void whatComesTenTimesInAnyOrderLeavesTheSame(Provider provider) {
    Story story = connect(provider);
    List<Scene> mixed =
        new ArrayList<>(
            Collections.nCopies(10, story.scenes()).stream().flatMap(List::stream).toList());
    Collections.shuffle(mixed, new Random(1));
    for (Scene scene : mixed) {
      shop.happen(scene);
    }
    assertEquals(story.end(), state(shop.license()), mixed::toString);
    assertEquals(story.scenes().size(), shop.events(Status.APPLIED).size());
  }

  /** Many transactions that wait for the disk once. */
  private void atOnce(Runnable transactions) {
    database
        .transactions()
        .joined(stores -> {
          transactions.run();
          return true;
        });
  }

  private static String email(int order) {
    return "ada" + order + "@example.com";
  }

  /** The same, of another order. */
  private static Scene of(int order, Scene scene) {
    return new Scene(
        scene.type(),
        scene.id() + "_" + order,
        "Order%015d".formatted(order),
        scene.price(),
        scene.quantity(),
        email(order),
        scene.name(),
        scene.subscription(),
        scene.status(),
        scene.at(),
        scene.periodEnd());
  }

  private static String state(License license) {
    return "%s %s, %s, until %s"
        .formatted(
            license.plan().name(),
            license.givenStatus().text(),
            license.statusReason(),
            license.term().expiresAt());
  }
}
