package dev.licet;

import dev.licet.checkout.Scene;
import dev.licet.checkout.Simulation;
import dev.licet.checkout.generic.GenericSimulation;
import dev.licet.checkout.lemonsqueezy.LemonSqueezySimulation;
import dev.licet.checkout.paddle.PaddleSimulation;
import dev.licet.checkout.stripe.StripeSimulation;
import dev.licet.cli.Program.SimulatedEvent;
import dev.licet.cli.Program.SimulatedMessage;
import dev.licet.config.StartupException;
import dev.licet.domain.billing.Provider;
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

  static SimulatedMessage of(SimulatedEvent event, String secret) throws StartupException {
    Simulation simulation =
        Provider.of(event.provider())
            .flatMap(it -> Optional.ofNullable(ALL.get(it)))
            .orElseThrow(() ->
                new StartupException(
                    "The provider " + event.provider() + " is not known",
                    "Choose stripe, paddle, lemonsqueezy or generic"));
    if (!simulation.types().contains(event.type())) {
      throw new StartupException(
          "The event " + event.type() + " is not known",
          "Choose one of " + String.join(", ", simulation.types()));
    }
    boolean subscription = event.subscription() || event.type().contains("subscription");
    Scene scene =
        new Scene(
            event.type(),
            event.id(),
            event.order(),
            event.price(),
            event.quantity(),
            event.email(),
            event.name(),
            subscription,
            event.status(),
            event.at(),
            event.periodEnd());
    String body = simulation.body(scene);
    return new SimulatedMessage(
        body, simulation.headers(scene, body, secret, event.at()), simulation.session(scene));
  }
}
