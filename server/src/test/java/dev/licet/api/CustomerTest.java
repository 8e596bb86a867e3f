package dev.licet.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.Checkout;
import dev.licet.Reply;
import dev.licet.TestClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CustomerTest extends ApiTest {
  private static final String CUSTOMERS = "/api/v1/customers/";
  private static final String FIELDS =
      """
      "customer_name": "Grace Hopper", "metadata": {"phone": "555-0100"}\
      """;

  private static Reply licenseOf(TestClient client, String email) {
    String body = "{\"plan\": \"professional\", \"customer_email\": \"" + email + "\", " + FIELDS;
    return client.post(LICENSES, body + "}").expect(201);
  }

  @Test
  void theExportHasAllThatIsKnownOfAPerson() {
    Reply license = licenseOf(api, "Export@Example.com");
    Reply other = licenseOf(api, "other-export@example.com");
    for (int i = 0; i < 120; i++) {
      api.validate(key(license), "domain", "grace.example", "fingerprint", "her-laptop")
          .expectValid();
    }
    api.validate(key(other), "domain", "other.example").expectValid();
    Reply export = api.get(CUSTOMERS + "export@EXAMPLE.com/export").expect(200);
    assertEquals("export@example.com", export.text("/email"));
    assertEquals(List.of(license.text("/id")), export.texts("/licenses", "/license/id"));
    assertFalse(export.text().contains(key(license)), "keys are masked");
    assertEquals(2, export.at("/licenses/0/activations").size());
    assertEquals(120, export.at("/licenses/0/validations").size());
    assertEquals(120, export.number("/licenses/0/usage/total"));
    assertTrue(
        export
            .texts("/licenses/0/events", "/type")
            .containsAll(List.of("license.created", "activation.created")),
        export::text);
    assertFalse(export.text().contains("other"), export::text);
  }

  @Test
  void theExportHasTheOrdersOfShops() throws InterruptedException {
    Checkout.Shop shop = Checkout.stripe(api);
    shop.post(session("mapped", "price_pro", "Orders@Example.com")).expect(200);
    shop.post(session("unmapped", "price_none", "orders@example.com")).expect(200);
    shop.post(session("others", "price_pro", "more-orders@example.com")).expect(200);
    String pending = "/api/v1/checkout-events?status=pending&connection_id=" + shop.id();
    while (!api.get(pending).expect(200).at("/data").isEmpty()) {
      Thread.sleep(10);
    }
    Reply export = api.get(CUSTOMERS + "orders@example.com/export").expect(200);
    assertEquals(
        List.of("Orders@Example.com", "orders@example.com"), export.texts("/orders", "/email"));
    assertEquals(shop.id(), export.text("/orders/0/connection_id"));
    assertEquals(List.of("price_pro"), export.texts("/orders/0/lines/0/price_ids"));
    assertEquals(List.of("pi_mapped"), export.texts("/orders/0/references"), "none shows the keys");
    assertEquals(export.texts("/licenses", "/license/id"), export.texts("/orders/0/licenses"));
    assertEquals(List.of("applied"), export.texts("/orders/0/events", "/status"));
    assertEquals(List.of("unresolved"), export.texts("/orders/1/events", "/status"));
    api.delete(CUSTOMERS + "orders@example.com").expect(202);
    awaitErased(CUSTOMERS + "orders@example.com");
    assertEquals(1, api.get(CUSTOMERS + "more-orders@example.com/export").at("/orders").size());
  }

  private static String session(String id, String price, String email) {
    return """
    {"id": "evt_%1$s", "type": "checkout.session.completed", "created": 1795692000,
     "data": {"object": {"id": "cs_test_%1$s", "mode": "payment", "payment_status": "paid",
       "payment_intent": "pi_%1$s", "metadata": {"price_id": "%2$s"},
       "customer_details": {"email": "%3$s", "name": "Grace Hopper"}}}}
    """
        .formatted(id, price, email);
  }

  @Test
  void whoIsErasedIsNowhereAnyMore() {
    String create =
        "{\"plan\": \"professional\", \"customer_email\": \"Erase@Example.com\", " + FIELDS + "}";
    TestClient once = api.with("Idempotency-Key", "erase-" + database);
    Reply license = once.post(LICENSES, create).expect(201);
    api.validate(key(license), "domain", "grace.example", "fingerprint", "her-laptop")
        .expectValid();
    Reply started = api.delete(CUSTOMERS + "erase@example.COM").expect(202);
    assertEquals("erase", started.text("/mode"));
    awaitErased(CUSTOMERS + "erase@example.com");
    Reply after = fresh(license);
    assertEquals(started.text("/pseudonym"), after.text("/customer_email"));
    assertEquals("revoked", after.text("/status"));
    assertEquals(1, after.number("/validation_count"));
    Reply events = api.get("/api/v1/events?license=" + license.text("/id")).expect(200);
    Reply usage = api.get(path(license) + "/usage").expect(200);
    Reply seats = api.get(path(license) + "/activations").expect(200);
    Reply repeated = once.post(LICENSES, create).expect(201);
    assertEquals(license.text("/id"), repeated.text("/id"));
    assertEquals(key(license), key(repeated));
    for (Reply reply : List.of(after, events, usage, seats, repeated)) {
      for (String known :
          List.of(
              "erase@", "Erase@", "Grace", "555-0100", "grace.example", "her-laptop", "127.0")) {
        assertFalse(reply.text().contains(known), () -> known + " in " + reply.text());
      }
    }
    assertEquals(1, usage.at("/data").size(), "that there was a validation stays");
  }

  @Test
  void whoHasAPseudonymGoesOnUsingTheLicense() {
    Reply license = licenseOf(api, "pseudonym@example.com");
    api.validate(key(license), "fingerprint", "her-laptop").expectValid();
    Reply started = api.delete(CUSTOMERS + "pseudonym@example.com?mode=pseudonymize").expect(202);
    assertEquals(
        started.text("/id"),
        api.delete(CUSTOMERS + "pseudonym@example.com").expect(202).text("/id"));
    awaitErased(CUSTOMERS + "pseudonym@example.com");
    Reply after = fresh(license);
    assertEquals("active", after.text("/status"));
    assertEquals(started.text("/pseudonym"), after.text("/customer_email"));
    assertTrue(after.at("/customer_name").isNull());
    assertEquals(1, after.at("/devices").size());
    assertTrue(api.get(path(license) + "/usage").at("/data/0/fingerprint").isNull());
    api.validate(key(license), "fingerprint", "her-laptop").expectValid();
    Reply log = api.get("/api/v1/audit-log?action=customer.erased&target=" + started.text("/id"));
    assertFalse(log.text().contains("pseudonym@example.com"), log::text);
    assertEquals(started.text("/pseudonym"), log.text("/data/0/after/pseudonym"));
  }

  @Test
  void otherAccountsAndTheOtherModeKeepWhatTheyHave() {
    TestClient stranger = clientOf(account(", \"quota\": \"unlimited\""));
    TestClient testMode = keyed(api, "[\"admin\"]", "\"mode\": \"test\"");
    Reply mine = licenseOf(api, "shared@example.com");
    Reply theirs = licenseOf(stranger, "shared@example.com");
    Reply tests = licenseOf(testMode, "shared@example.com");
    api.delete(CUSTOMERS + "shared@example.com").expect(202);
    awaitErased(CUSTOMERS + "shared@example.com");
    assertEquals("revoked", fresh(mine).text("/status"));
    for (Reply kept :
        List.of(stranger.get(path(theirs)).expect(200), testMode.get(path(tests)).expect(200))) {
      assertEquals("shared@example.com", kept.text("/customer_email"));
      assertEquals("active", kept.text("/status"));
    }
    Reply export = stranger.get(CUSTOMERS + "shared@example.com/export").expect(200);
    assertEquals(List.of(theirs.text("/id")), export.texts("/licenses", "/license/id"));
  }

  @Test
  void whatIsNobodysIsNotFound() {
    for (String email : List.of("nobody@example.com", "no-address", "%20", "a%40b")) {
      api.delete(CUSTOMERS + email).expectProblem(404, "NOT_FOUND");
      api.get(CUSTOMERS + email + "/export").expectProblem(404, "NOT_FOUND");
    }
    api.delete(CUSTOMERS + "nobody@example.com?mode=forget").expectInvalid("?mode");
    api.get(CUSTOMERS + "nobody@example.com/export?mode=erase").expectInvalid("?mode");
  }

  private static void awaitErased(String path) {
    Instant end = Instant.now().plus(Duration.ofSeconds(20));
    while (api.get(path + "/export").status() != 404 || api.delete(path).status() != 404) {
      assertTrue(Instant.now().isBefore(end), "it takes too long");
      try {
        Thread.sleep(50);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }
}
