package dev.licet.checkout;

import dev.licet.checkout.generic.Generic;
import dev.licet.checkout.generic.GenericSimulation;
import dev.licet.checkout.lemonsqueezy.LemonSqueezy;
import dev.licet.checkout.lemonsqueezy.LemonSqueezySimulation;
import dev.licet.checkout.paddle.Paddle;
import dev.licet.checkout.paddle.PaddleSimulation;
import dev.licet.checkout.stripe.Stripe;
import dev.licet.checkout.stripe.StripeSimulation;
import dev.licet.domain.billing.CheckoutProvider;
import dev.licet.domain.billing.Scene;
import java.util.Map;

/** All providers with what simulates them. */
final class CheckoutScenes {
  private CheckoutScenes() {}

  static Map<CheckoutProvider, Simulation> all() {
    return Map.of(
        new Stripe(), new StripeSimulation(),
        new Paddle(), new PaddleSimulation(),
        new LemonSqueezy(), new LemonSqueezySimulation(),
        new Generic(), new GenericSimulation());
  }

  static Scene of(Scene scene, String type) {
    return new Scene(
        type,
        scene.id(),
        scene.order(),
        scene.price(),
        scene.quantity(),
        scene.email(),
        scene.name(),
        type.contains("subscription"),
        scene.status(),
        scene.at(),
        scene.periodEnd());
  }
}
