package dev.licet.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.licet.checkout.Simulation;
import dev.licet.checkout.paddle.Paddle;
import dev.licet.checkout.paddle.PaddleSimulation;
import dev.licet.checkout.stripe.Stripe;
import dev.licet.checkout.stripe.StripeSimulation;
import dev.licet.domain.billing.CheckoutProvider;
import dev.licet.domain.billing.Scene;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Messages of providers, some wrong by a little, and whether we accept them: for the providers' own
 * libraries to agree or not. Command line: {@code CheckoutMessages FILE}.
 */
final class CheckoutMessages {
  private static final String SECRET = "pdl_ntfset_01hv8_secret";

  private final Instant now = Instant.now();
  private final List<Message> messages = new ArrayList<>();

  private CheckoutMessages() {}

  /**
   * A message as it arrives.
   *
   * @param accepted whether we accept it
   */
  record Message(
      String provider,
      String name,
      boolean accepted,
      String secret,
      String body,
      Map<String, String> headers) {}

  public static void main(String[] arguments) throws IOException {
    CheckoutMessages all = new CheckoutMessages();
    all.add("stripe", new Stripe(), new StripeSimulation());
    all.add("paddle", new Paddle(), new PaddleSimulation());
    new ObjectMapper().writeValue(Path.of(arguments[0]).toFile(), all.messages);
  }

  private void add(String name, CheckoutProvider provider, Simulation simulation) {
    for (String type : simulation.types()) {
      Scene scene =
          new Scene(
              type,
              "1",
              "Order1234567890abcdef",
              "price",
              1,
              "ada@example.com",
              "J\u00fcrgen \ud83d\ude00",
              type.contains("subscription"),
              null,
              now,
              now.plus(Duration.ofDays(30)));
      String body = simulation.body(scene);
      Map<String, String> headers = simulation.headers(scene, body, SECRET, Instant.now());
      judged(name, type, provider, SECRET, body, headers);
      judged(name, type + ", another byte", provider, SECRET, body + " ", headers);
      judged(name, type + ", another secret", provider, SECRET + "x", body, headers);
      Instant old = now.minus(Duration.ofMinutes(10));
      judged(
          name,
          type + ", of ten minutes ago",
          provider,
          SECRET,
          body,
          simulation.headers(scene, body, SECRET, old));
    }
  }

  private void judged(
      String provider,
      String name,
      CheckoutProvider judge,
      String secret,
      String body,
      Map<String, String> headers) {
    boolean accepted =
        judge.verify(headers::get, body.getBytes(UTF_8), List.of(secret), Instant.now()) != null;
    messages.add(new Message(provider, name, accepted, secret, body, headers));
  }
}
