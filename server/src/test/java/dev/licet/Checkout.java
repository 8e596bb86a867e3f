package dev.licet;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.stripe.net.Webhook;
import java.security.GeneralSecurityException;
import java.time.Instant;

/**
 * Shops that are connected to a server under test, and messages that Stripe's own library signs.
 */
public final class Checkout {
  /** What everything is signed with. */
  public static final String SECRET = "whsec_8a1f0cfd5e0c4a7f9b6f";

  private static final String PATH = "/api/v1/checkout/";

  private Checkout() {}

  /** A shop that is connected. */
  public record Shop(TestClient client, String id) {
    /** Sends a message, well signed. */
    public Reply post(String body) {
      return Checkout.post(client, id, body);
    }
  }

  /** Connects a shop at Stripe that sells the plan {@code professional} as {@code price_pro}. */
  public static Shop stripe(TestClient client) {
    String body =
        """
        {"provider": "stripe", "name": "shop", "signing_secret": "%s",
         "mapping": [{"id": "price_pro", "plan": "professional"}],
         "allowed_origins": ["https://shop.example.com"]}
        """
            .formatted(SECRET);
    Reply created = client.post("/api/v1/checkout-connections", body).expect(201);
    return new Shop(
        new TestClient(client.base(), "").without("Authorization"), created.text("/id"));
  }

  /** Sends a message of Stripe's, signed now. */
  public static Reply post(TestClient client, String connectionId, String body) {
    return client
        .without("Authorization")
        .with("Stripe-Signature", signature(body, SECRET, Instant.now()))
        .post(PATH + connectionId, body);
  }

  /** What Stripe's library makes of a body, a secret and a time. */
  public static String signature(String body, String secret, Instant at) {
    try {
      long seconds = at.getEpochSecond();
      String payload = seconds + "." + new String(body.getBytes(UTF_8), UTF_8);
      return "t=" + seconds + ",v1=" + Webhook.Util.computeHmacSha256(secret, payload);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
