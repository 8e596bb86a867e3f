package dev.licet.contract;

import static dev.licet.contract.CheckoutFixture.day;
import static dev.licet.contract.CheckoutFixture.scene;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.licet.domain.billing.CheckoutEvent.Status;
import dev.licet.domain.billing.Provider;
import dev.licet.domain.billing.Terms;
import dev.licet.domain.license.License;
import dev.licet.domain.license.LicenseStatus;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The lives of subscriptions as providers other than Stripe tell them. */
@Timeout(120)
abstract class CheckoutStories extends Contract {
  private static final String PRO = "price_pro";
  private static final String TEAM = "price_team";

  private CheckoutFixture shop;

  private void connect(Provider provider) {
    shop = CheckoutFixture.of(database, fixture, provider, CheckoutFixture.TERMS);
  }

  private void assertActiveUntil(double day, String plan) {
    License license = shop.license();
    assertEquals(LicenseStatus.ACTIVE, license.givenStatus(), license.statusReason());
    assertEquals(day(day), license.term().expiresAt());
    assertEquals(plan, license.plan().name());
  }

  private void assertSuspended(String reason) {
    assertEquals(LicenseStatus.SUSPENDED, shop.license().givenStatus());
    assertEquals(reason, shop.license().statusReason());
  }

  @Test
  void subscriptionOfPaddleIsFollowedThroughItsLife() {
    connect(Provider.PADDLE);
    shop.happen(scene("subscription.created", 0, PRO, "trialing", 14));
    assertEquals(List.of(), shop.licenses(), "nobody knows whom to send it to");
    shop.happen(scene("customer.created", 0, PRO, null, 14));
    assertActiveUntil(14, "pro");
    String key = shop.license().key();

    shop.happen(
        scene("subscription.activated", 14, PRO, null, 44),
        scene("transaction.completed", 14.01, PRO, "subscription_recurring", 44));
    assertActiveUntil(44, "pro");
    shop.happen(scene("subscription.updated", 20, TEAM, null, 44));
    assertActiveUntil(44, "team");

    shop.happen(scene("subscription.past_due", 44, TEAM, null, 74));
    assertSuspended("a payment failed");
    shop.happen(
        scene("transaction.completed", 46, TEAM, "subscription_recurring", 74),
        scene("subscription.updated", 46.01, TEAM, null, 74));
    assertActiveUntil(74, "team");

    shop.happen(scene("subscription.paused", 50, TEAM, null, 74));
    assertSuspended("the subscription is paused");
    shop.happen(scene("subscription.resumed", 55, TEAM, null, 80));
    assertActiveUntil(80, "team");

    shop.happen(scene("subscription.updated", 60, TEAM, "cancel", 80));
    assertActiveUntil(80, "team");
    shop.happen(scene("adjustment.created", 62, TEAM, "chargeback", 80));
    assertSuspended("the payment is disputed");
    shop.happen(scene("adjustment.created", 64, TEAM, "chargeback_reverse", 80));
    assertActiveUntil(80, "team");
    shop.happen(scene("adjustment.created", 65, TEAM, "partial", 80));
    assertActiveUntil(80, "team");

    shop.happen(scene("subscription.canceled", 80, TEAM, null, 80));
    assertSuspended("the subscription has ended");
    shop.happen(scene("adjustment.updated", 81, TEAM, "refund", 80));
    assertEquals(LicenseStatus.REVOKED, shop.license().givenStatus());
    assertEquals(key, shop.license().key());
    assertEquals(List.of(), shop.events(Status.UNRESOLVED));
  }

  @Test
  void subscriptionOfLemonSqueezyIsFollowedThroughItsLife() {
    connect(Provider.LEMONSQUEEZY);
    shop.happen(scene("subscription_created", 0, PRO, "on_trial", 14));
    assertActiveUntil(14, "pro");
    shop.happen(scene("order_created", 0, PRO, null, 14));
    assertActiveUntil(14, "pro");
    String key = shop.license().key();

    shop.happen(
        scene("subscription_payment_success", 14, PRO, null, 44),
        scene("subscription_updated", 14, PRO, "active", 44));
    assertActiveUntil(44, "pro");
    shop.happen(scene("subscription_updated", 20, TEAM, "active", 44));
    assertActiveUntil(44, "team");

    shop.happen(
        scene("subscription_updated", 44, TEAM, "past_due", 47),
        scene("subscription_payment_failed", 44.01, TEAM, "pending", 44));
    assertSuspended("a payment failed");
    shop.happen(
        scene("subscription_payment_recovered", 46, TEAM, null, 74),
        scene("subscription_updated", 46, TEAM, "active", 74));
    assertActiveUntil(74, "team");

    shop.happen(scene("subscription_paused", 50, TEAM, null, 74));
    assertSuspended("the subscription is paused");
    shop.happen(scene("subscription_unpaused", 55, TEAM, null, 74));
    assertActiveUntil(74, "team");

    shop.happen(scene("subscription_cancelled", 60, TEAM, null, 74));
    assertActiveUntil(74, "team");
    shop.happen(scene("subscription_resumed", 62, TEAM, null, 74));
    assertActiveUntil(74, "team");
    shop.happen(scene("subscription_payment_refunded", 63, TEAM, "partial_refund", 74));
    assertActiveUntil(74, "team");

    shop.happen(scene("subscription_expired", 74, TEAM, null, 74));
    assertSuspended("the subscription has ended");
    shop.happen(scene("order_refunded", 75, TEAM, null, 74));
    assertEquals(LicenseStatus.REVOKED, shop.license().givenStatus());
    assertEquals(key, shop.license().key());
  }

  @Test
  void subscriptionOfAnyOtherShopIsFollowedThroughItsLife() {
    connect(Provider.GENERIC);
    shop.happen(scene("order.paid", 0, PRO, null, 30));
    assertActiveUntil(30, "pro");
    String key = shop.license().key();
    shop.happen(scene("subscription.renewed", 30, PRO, null, 60));
    assertActiveUntil(60, "pro");
    shop.happen(scene("subscription.plan_changed", 40, TEAM, null, 60));
    assertActiveUntil(60, "team");
    shop.happen(scene("subscription.lapsed", 60, TEAM, "past_due", 60));
    assertSuspended("a payment failed");
    shop.happen(scene("order.paid", 62, TEAM, null, 90));
    assertActiveUntil(90, "team");
    shop.happen(scene("subscription.lapsed", 65, TEAM, "paused", 60));
    assertSuspended("the subscription is paused");
    shop.happen(scene("subscription.resumed", 70, TEAM, null, 60));
    assertActiveUntil(90, "team");
    shop.happen(scene("subscription.cancelled_at_period_end", 75, TEAM, null, 85));
    assertActiveUntil(85, "team");
    shop.happen(scene("order.disputed", 76, TEAM, "open", 0));
    assertSuspended("the payment is disputed");
    shop.happen(scene("order.disputed", 77, TEAM, "won", 0));
    assertActiveUntil(85, "team");
    shop.happen(scene("subscription.lapsed", 85, TEAM, "ended", 85));
    assertSuspended("the subscription has ended");
    shop.happen(scene("order.refunded", 86, TEAM, null, 85));
    assertEquals(LicenseStatus.REVOKED, shop.license().givenStatus());
    assertEquals(key, shop.license().key());
  }

  /** Terms that are milder: what was paid for may be used. */
  @Test
  void subscriptionThatLapsesRunsOutWhereTheTermsSaySo() {
    shop =
        CheckoutFixture.of(
            database,
            fixture,
            Provider.PADDLE,
            new Terms(Terms.LapseRule.GRACE, 7, Terms.RefundRule.NOTHING));
    shop.happen(
        scene("customer.created", 0, PRO, null, 30),
        scene("subscription.created", 0, PRO, "active", 30),
        scene("transaction.completed", 0, PRO, "web", 30),
        scene("subscription.past_due", 30, PRO, null, 60));
    assertActiveUntil(37, "pro");
    shop.happen(scene("adjustment.created", 31, PRO, "refund", 60));
    assertActiveUntil(37, "pro");
  }
}
