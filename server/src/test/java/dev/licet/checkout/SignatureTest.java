package dev.licet.checkout;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.standardwebhooks.Webhook;
import dev.licet.checkout.generic.Generic;
import dev.licet.checkout.lemonsqueezy.LemonSqueezy;
import dev.licet.checkout.paddle.Paddle;
import dev.licet.checkout.stripe.Stripe;
import dev.licet.domain.billing.CheckoutProvider;
import dev.licet.domain.billing.CheckoutProvider.Message;
import dev.licet.domain.billing.CheckoutProvider.Reading;
import dev.licet.domain.billing.Scene;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Signatures that others made, and those that are wrong by a little. */
class SignatureTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_780_315_200);

  private static final String STANDARD_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  private static final String PADDLE_BODY =
      "{\"event_id\":\"evt_01hv8wptq8987qeep44cyrewp9\",\"event_type\":\"transaction.completed\","
          + "\"occurred_at\":\"2026-06-01T12:00:00.000001Z\","
          + "\"data\":{\"id\":\"txn_01hv8wptq8987qeep44cyrewp9\"}}";
  private static final String LEMON_BODY =
      "{\"meta\":{\"event_name\":\"order_created\",\"test_mode\":true},"
          + "\"data\":{\"type\":\"orders\",\"id\":\"1\",\"attributes\":{\"status\":\"paid\"}}}";
  private static final String STRIPE_BODY =
      "{\"id\":\"evt_1\",\"type\":\"invoice.paid\",\"created\":1780315200}";

  // Made by HMAC-SHA256 of another program.
  private static final String PADDLE_H1 =
      "15303679b1482407e9ca71a757cf90cce4027ab24a92f07bb462593df7dc5bf9";
  private static final String LEMON_SIGNATURE =
      "f45232fc4998d8b3690abd2a09f8cbe1e964e015c6537232e9ec8c3efd52b49a";
  private static final String STRIPE_V1 =
      "65d7ddfc05bedc71402bbc1375d4dda3d7822f7c68a515429f1322f44dfd9baf";

  /** The work is bounded by what is looked at, not by what is sent. */
  @Test
  void manySeparatorsAreReadOnceAndManySignaturesNotAtAll() throws Exception {
    String right = new Webhook(STANDARD_SECRET).sign("msg_1", NOW.getEpochSecond(), "{}");
    for (String before : List.of(" ,".repeat(4_000), "v1,AAAA ".repeat(9), "v2,AAAA, v1 ")) {
      assertNotNull(generic(before + right), before.substring(0, 8));
    }
    assertNull(generic("v1,AAAA ".repeat(10) + right));
    assertNull(generic(right.substring("v1,".length())));
  }

  private static Message generic(String signatures) {
    Map<String, String> headers =
        Map.of(
            "webhook-id",
            "msg_1",
            "webhook-timestamp",
            Long.toString(NOW.getEpochSecond()),
            "webhook-signature",
            signatures);
    return verify(new Generic(), headers, "{}", List.of(STANDARD_SECRET), NOW);
  }

  private static Message verify(
      CheckoutProvider provider,
      Map<String, String> headers,
      String body,
      List<String> secrets,
      Instant now) {
    return provider.verify(headers::get, body.getBytes(UTF_8), secrets, now);
  }

  private static void assertSound(
      CheckoutProvider provider,
      Map<String, String> headers,
      String body,
      String secret,
      Message expected,
      boolean timed) {
    assertEquals(expected, verify(provider, headers, body, List.of(secret), NOW));
    assertEquals(expected, verify(provider, headers, body, List.of("another", secret), NOW));
    assertNull(verify(provider, headers, body, List.of("another"), NOW));
    assertNull(verify(provider, Map.of(), body, List.of(secret), NOW));
    for (int i = 0; i < body.length(); i += 7) {
      String changed = body.substring(0, i) + "~" + body.substring(i + 1);
      assertNull(verify(provider, headers, changed, List.of(secret), NOW), changed);
    }
    assertNull(verify(provider, headers, body + " ", List.of(secret), NOW));
    for (int seconds : new int[] {-301, 301}) {
      Message late = verify(provider, headers, body, List.of(secret), NOW.plusSeconds(seconds));
      assertEquals(timed ? null : expected, late);
    }
    assertEquals(expected, verify(provider, headers, body, List.of(secret), NOW.plusSeconds(299)));
  }

  @Test
  void stripeSignsTimeAndBody() {
    String header = "t=1780315200,v0=00,v1=" + STRIPE_V1;
    Message message = new Message("evt_1", "invoice.paid");
    assertSound(
        new Stripe(),
        Map.of("Stripe-Signature", header),
        STRIPE_BODY,
        "whsec_stripe",
        message,
        true);
    String several = "t=1780315200,v1=" + "0".repeat(64) + ",v1=" + STRIPE_V1;
    assertEquals(
        message,
        verify(
            new Stripe(),
            Map.of("Stripe-Signature", several),
            STRIPE_BODY,
            List.of("whsec_stripe"),
            NOW));
    for (String wrong :
        new String[] {
          "t=1780315200",
          "v1=" + STRIPE_V1,
          "t=x,v1=" + STRIPE_V1,
          "t=,v1=" + STRIPE_V1,
          "=",
          ",",
          "t=1780315200,v1=" + STRIPE_V1.substring(1),
          "t=1780315201,v1=" + STRIPE_V1,
          "t=1780315200,t=1780315200,v1=" + STRIPE_V1,
          "t=99999999999999,v1=" + STRIPE_V1
        }) {
      assertNull(
          verify(
              new Stripe(),
              Map.of("Stripe-Signature", wrong),
              STRIPE_BODY,
              List.of("whsec_stripe"),
              NOW),
          wrong);
    }
  }

  @Test
  void paddleSignsTimeAndBody() {
    Message message = new Message("evt_01hv8wptq8987qeep44cyrewp9", "transaction.completed");
    assertSound(
        new Paddle(),
        Map.of("Paddle-Signature", "ts=1780315200;h1=" + PADDLE_H1),
        PADDLE_BODY,
        "pdl_ntfset_01hv8_secret",
        message,
        true);
    String rotated = "ts=1780315200;h1=" + "f".repeat(64) + ";h1=" + PADDLE_H1;
    assertEquals(
        message,
        verify(
            new Paddle(),
            Map.of("Paddle-Signature", rotated),
            PADDLE_BODY,
            List.of("pdl_ntfset_01hv8_secret"),
            NOW));
  }

  @Test
  void lemonSqueezySignsTheBodyWhichIsItsId() {
    assertSound(
        new LemonSqueezy(),
        Map.of("X-Signature", LEMON_SIGNATURE),
        LEMON_BODY,
        "lemon-secret",
        new Message(
            "463d10d6987132d9556948eab54f7bf0d5d45e22b66b53c8b171597f9b29f072", "order_created"),
        false);
  }

  @Test
  void anyOtherShopSignsByStandardWebhooks() throws Exception {
    String secret = STANDARD_SECRET;
    String body = "{\"type\":\"order.paid\",\"timestamp\":\"2026-06-01T12:00:00Z\",\"data\":{}}";
    String signature = new Webhook(secret).sign("msg_1", NOW.getEpochSecond(), body);
    Map<String, String> headers =
        Map.of(
            "webhook-id", "msg_1",
            "webhook-timestamp", "1780315200",
            "webhook-signature", "v1a,bm90aGluZw== v1,bm90aGluZw== " + signature);
    assertSound(new Generic(), headers, body, secret, new Message("msg_1", "order.paid"), true);
  }

  @Test
  void simulationsAreSignedWell() {
    Scene scene =
        new Scene(
            "x.y.z",
            "id",
            "Order1234567890abcdef",
            "p",
            1,
            "e@example.com",
            null,
            false,
            null,
            NOW,
            NOW);
    CheckoutScenes.all()
        .forEach((provider, simulation) -> {
          for (String type : simulation.types()) {
            Scene one = CheckoutScenes.of(scene, type);
            String body = simulation.body(one);
            Map<String, String> headers = simulation.headers(one, body, "secret", NOW);
            assertNotNull(verify(provider, headers, body, List.of("secret"), NOW), type);
            Reading reading = provider.read(body.getBytes(UTF_8));
            assertEquals(
                true,
                reading instanceof Reading.OfOrder || reading instanceof Reading.OfCustomer,
                type + reading);
            assertEquals(true, provider.isSession(simulation.session(one)), type);
          }
        });
  }

  /** Whatever is signed well may still be anything. */
  @Test
  void whatCannotBeUnderstoodIsUnclearOrIgnored() {
    for (CheckoutProvider provider : CheckoutScenes.all().keySet()) {
      for (String body :
          new String[] {
            "",
            "null",
            "[]",
            "1",
            "\"x\"",
            "{",
            "{}",
            "{\"data\": []}",
            "{\"data\": {\"object\": 7}}",
            "{\"type\": \"invoice.paid\", \"created\": 1, \"data\": {\"object\": {\"lines\": 3}}}",
            "{\"event_type\": \"subscription.updated\", \"occurred_at\": \"2026-01-01T00:00:00Z\"}",
            "{\"meta\": {\"event_name\": \"order_created\"}, \"data\": {\"id\": {}}}",
            "[".repeat(100_000)
          }) {
        Reading reading = provider.read(body.getBytes(UTF_8));
        assertEquals(
            false, reading instanceof Reading.OfCustomer, () -> body + " was read: " + reading);
      }
    }
  }
}
