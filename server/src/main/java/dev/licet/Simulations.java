package dev.licet;

import dev.licet.checkout.Simulation;
import dev.licet.checkout.generic.GenericSimulation;
import dev.licet.checkout.lemonsqueezy.LemonSqueezySimulation;
import dev.licet.checkout.paddle.PaddleSimulation;
import dev.licet.checkout.stripe.StripeSimulation;
import dev.licet.cli.Program.SimulatedMessage;
import dev.licet.config.StartupException;
import dev.licet.domain.billing.Provider;
import dev.licet.domain.billing.Scene;
import java.util.Map;
import java.util.Optional;

/** Messages that no provider sent. */
final class Simulations {
  private static final Map<Provider, Simulation> ALL =
      Map.of(
          Provider.STRIPE, new StripeSimulation(),
          Provider.PADDLE, new PaddleSimulation(),
          Provider.LEMONSQUEEZY, new LemonSqueezySimulation(),
          Provider.GENERIC, new GenericSimulation());

  private Simulations() {}

  static SimulatedMessage of(String provider, Scene scene, String secret) throws StartupException {
    Simulation simulation =
        Provider.of(provider)
            .flatMap(it -> Optional.ofNullable(ALL.get(it)))
            .orElseThrow(() ->
                new StartupException(
                    "The provider " + provider + " is not known",
                    "Choose stripe, paddle, lemonsqueezy or generic"));
    if (!simulation.types().contains(scene.type())) {
      throw new StartupException(
          "The event " + scene.type() + " is not known",
          "Choose one of " + String.join(", ", simulation.types()));
    }
    String body = simulation.body(scene);
    return new SimulatedMessage(
        body, simulation.headers(scene, body, secret, scene.at()), simulation.session(scene));
  }
}
