package dev.licet.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.Checkout;
import dev.licet.Reply;
import dev.licet.TestClient;
import dev.licet.TestDatabase;
import dev.licet.TestServer;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Shops: what is set about them, and what their providers send. */
@Timeout(60)
class CheckoutTest {
  private static final String SHOPS = "/api/v1/checkout-connections";

  private static TestServer server;
  private static TestClient api;

  @BeforeAll
  static void start() {
    server = TestServer.start(TestDatabase.SQLITE);
    api = server.client();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String session(String id, String price) {
    return """
    {"id": "evt_%1$s", "type": "checkout.session.completed", "created": 1795692000,
     "data": {"object": {"id": "cs_test_%1$s", "mode": "payment", "payment_status": "paid",
       "payment_intent": "pi_%1$s", "metadata": {"price_id": "%2$s"},
       "customer_details": {"email": "%1$s@example.com", "name": "Ada"}}}}
    """
        .formatted(id, price);
  }

  private static Reply licenseOf(String id) throws InterruptedException {
    String path = "/api/v1/licenses?customer_email=" + id + "@example.com";
    long deadline = System.nanoTime() + 10_000_000_000L;
    Reply found = api.get(path);
    while (found.at("/data").isEmpty() && System.nanoTime() < deadline) {
      Thread.sleep(10);
      found = api.get(path);
    }
    return found;
  }

  @Test
  void paidSessionIssuesOneLicense() throws InterruptedException {
    Checkout.Shop shop = Checkout.stripe(api);
    shop.post(session("paid", "price_pro")).expect(200);
    shop.post(session("paid", "price_pro")).expect(200);
    Reply found = licenseOf("paid");
    assertEquals(1, found.at("/data").size());
    assertEquals("professional", found.text("/data/0/plan"));
    Reply log = api.get("/api/v1/audit-log?action=license.created");
    assertEquals("checkout:" + shop.id(), log.text("/data/0/actor"));
  }

  /** A message is known by its own id. A shop that sends a key means nothing of ours by it. */
  @Test
  void idempotencyKeysOfAShopArePassedOver() throws InterruptedException {
    Checkout.Shop shop = Checkout.stripe(api);
    for (String key : List.of("the-same", "the-same", "not a key", "x".repeat(300))) {
      Checkout.Shop keyed =
          new Checkout.Shop(shop.client().with("Idempotency-Key", key), shop.id());
      for (String buyer : List.of("first", "second", "first")) {
        Reply reply = keyed.post(session(buyer, "price_pro")).expect(200);
        assertTrue(reply.headers().firstValue("Idempotency-Replayed").isEmpty());
      }
    }
    for (String buyer : List.of("first", "second")) {
      assertEquals(1, licenseOf(buyer).at("/data").size());
    }
    assertEquals(
        2, api.get("/api/v1/checkout-events?connection_id=" + shop.id()).at("/data").size());
  }

  @Test
  void whatIsNotSignedWellIsRefusedAndLeavesNothing() {
    Checkout.Shop shop = Checkout.stripe(api);
    String body = session("forged", "price_pro");
    Instant now = Instant.now();
    TestClient client = shop.client();
    String path = "/api/v1/checkout/" + shop.id();
    String good = Checkout.signature(body, Checkout.SECRET, now);
    for (String signature :
        new String[] {
          "",
          "t=1,v1=",
          Checkout.signature(body + " ", Checkout.SECRET, now),
          Checkout.signature(body, "whsec_another", now),
          Checkout.signature(body, Checkout.SECRET, now.minusSeconds(310)),
          Checkout.signature(body, Checkout.SECRET, now.plusSeconds(320)),
          good.replace("v1=", "v0="),
          good.replaceFirst("t=\\d+", "t=" + (now.getEpochSecond() + 1)),
          "t=" + now.getEpochSecond() + "," + good
        }) {
      client
          .with("Stripe-Signature", signature)
          .post(path, body)
          .expectProblem(400, "SIGNATURE_INVALID");
    }
    client.post(path, body).expectProblem(400, "SIGNATURE_INVALID");
    assertEquals(
        0, api.get("/api/v1/checkout-events?connection_id=" + shop.id()).at("/data").size());
    String metrics = api.get("/metrics").text();
    assertTrue(
        metrics.contains("licet_checkout_messages_total{outcome=\"badly_signed\"} "), metrics);
    String others = "v1=" + "0".repeat(64) + ",v1=zz,";
    client
        .with("Stripe-Signature", good.replace("v1=", others + "v1="))
        .post(path, body)
        .expect(200);
  }

  @Test
  void unknownShopIsNotFound() {
    String body = session("nobody", "price_pro");
    Checkout.post(api, "chk_01jddq1m3xe5v9s8y2b7r4k6ta", body).expectProblem(404, "NOT_FOUND");
    Checkout.post(api, "none", body).expectProblem(404, "NOT_FOUND");
  }

  @Test
  void messageOfMoreThan256KilobytesIsRefused() {
    Checkout.Shop shop = Checkout.stripe(api);
    String large = "{\"id\": \"evt_large\", \"type\": \"x\", \"pad\": \"" + "p".repeat(200_000);
    shop.post(large + "\"}").expect(200);
    shop.post(large + "p".repeat(70_000) + "\"}").expectProblem(413, "PAYLOAD_TOO_LARGE");
  }

  @Test
  void bothSecretsAreGoodWhileOneTakesThePlaceOfTheOther() {
    Checkout.Shop shop = Checkout.stripe(api);
    String path = SHOPS + "/" + shop.id();
    String second = "whsec_second_secret";
    Reply both = api.patch(path, "{\"second_signing_secret\": \"" + second + "\"}").expect(200);
    assertTrue(both.at("/has_second_signing_secret").asBoolean());
    assertFalse(both.text().contains(second));
    post(shop, "1", second).expect(200);
    post(shop, "2", Checkout.SECRET).expect(200);
    String swap = "{\"signing_secret\": \"" + second + "\", \"second_signing_secret\": null}";
    assertFalse(api.put(path, swap).expect(200).at("/has_second_signing_secret").asBoolean());
    post(shop, "3", second).expect(200);
    post(shop, "4", Checkout.SECRET).expectProblem(400, "SIGNATURE_INVALID");
    assertFalse(api.get("/api/v1/audit-log").text().contains(second));
  }

  private static Reply post(Checkout.Shop shop, String id, String secret) {
    String body = "{\"id\": \"evt_" + id + "\", \"type\": \"none\"}";
    return shop.client()
        .with("Stripe-Signature", Checkout.signature(body, secret, Instant.now()))
        .post("/api/v1/checkout/" + shop.id(), body);
  }

  @Test
  void unresolvedEventIsListedAndAppliedOnceItsPriceIsMapped() throws InterruptedException {
    Checkout.Shop shop = Checkout.stripe(api);
    shop.post(session("late", "price_unknown")).expect(200);
    String list = "/api/v1/checkout-events?status=unresolved&connection_id=" + shop.id();
    while (api.get(list).expect(200).at("/data").isEmpty()) {
      Thread.sleep(10);
    }
    Reply event = api.get("/api/v1/checkout-events/" + api.get(list).text("/data/0/id"));
    assertEquals("The mapping has none of price_unknown.", event.text("/reason"));
    assertEquals("evt_late", event.text("/provider_event_id"));
    api.patch(
            SHOPS + "/" + shop.id(),
            "{\"mapping\": [{\"id\": \"price_unknown\", \"plan\": \"starter\"}]}")
        .expect(200);
    String retry = "/api/v1/checkout-events/" + event.text("/id") + "/retry";
    assertEquals("applied", api.post(retry, "").expect(200).text("/status"));
    assertEquals("starter", licenseOf("late").text("/data/0/plan"));
  }

  /** Stripe's event of a purchase has no lines. */
  @Test
  void purchaseWithoutAPriceIsUnresolvedAndItsReasonSaysWhatToDo() throws InterruptedException {
    Checkout.Shop shop = Checkout.stripe(api);
    shop.post(session("priceless", "").replace("\"price_id\"", "\"cart\"")).expect(200);
    String list = "/api/v1/checkout-events?status=unresolved&connection_id=" + shop.id();
    while (api.get(list).expect(200).at("/data").isEmpty()) {
      Thread.sleep(10);
    }
    assertEquals(
        "No event of the order names a price. Sell by a payment link, or put price_id into the"
            + " metadata of the checkout session. Create a license for this order by hand.",
        api.get(list).text("/data/0/reason"));
    api.patch(
            SHOPS + "/" + shop.id(),
            "{\"mapping\": [{\"id\": \"plink_1\", \"plan\": \"starter\"}]}")
        .expect(200);
    String linked =
        session("linked", "").replace("\"mode\"", "\"payment_link\": \"plink_1\", \"mode\"");
    shop.post(linked).expect(200);
    assertEquals("starter", licenseOf("linked").text("/data/0/plan"));
  }

  @Test
  void wrongFieldsAreRefused() {
    String[][] wrong = {
      {"{\"provider\": \"stripes\"}", "#/provider"},
      {"{\"name\": \" \"}", "#/name"},
      {"{\"signing_secret\": \"short\"}", "#/signing_secret"},
      {"{\"mapping\": [{\"id\": \"p\", \"plan\": \"none\"}]}", "#/mapping/0/plan"},
      {"{\"mapping\": [{\"id\": \"p\"}]}", "#/mapping/0/plan"},
      {"{\"mapping\": [{\"id\": \"p\", \"plan\": \"starter\", \"x\": 1}]}", "#/mapping/0/x"},
      {
        "{\"mapping\": [{\"id\": \"p\", \"plan\": \"starter\"}, {\"id\": \"p\", \"plan\":"
            + " \"starter\"}]}",
        "#/mapping/1/id"
      },
      {"{\"mapping\": [1]}", "#/mapping/0"},
      {"{\"mapping\": {}}", "#/mapping"},
      {"{\"lapse\": \"never\"}", "#/lapse"},
      {"{\"lapse\": \"grace\"}", "#/grace_days"},
      {"{\"grace_days\": 3}", "#/grace_days"},
      {"{\"refund\": \"keep\"}", "#/refund"},
      {"{\"allowed_origins\": [\"https://a.example/x\"]}", "#/allowed_origins/0"},
    };
    Checkout.Shop shop = Checkout.stripe(api);
    for (String[] one : wrong) {
      api.patch(SHOPS + "/" + shop.id(), one[0]).expectInvalid(one[1]);
    }
    api.patch(SHOPS + "/" + shop.id(), "{\"provider\": \"paddle\"}").expectInvalid("#/provider");
    api.post(SHOPS, "{\"name\": \"x\"}").expectInvalid("#/signing_secret");
    Reply graced =
        api.patch(SHOPS + "/" + shop.id(), "{\"lapse\": \"grace\", \"grace_days\": 7}").expect(200);
    assertEquals(7, graced.number("/grace_days"));
  }

  @Test
  void anAccountHasTwentyShopsAtMost() {
    TestClient other = server.stranger();
    for (int i = 0; i < 20; i++) {
      Checkout.stripe(other);
    }
    String body =
        "{\"provider\": \"generic\", \"name\": \"one more\", \"signing_secret\": \"whsec_x\"}";
    other.post(SHOPS, body).expectProblem(409, "CHECKOUT_LIMIT_REACHED");
    String first = other.get(SHOPS).expect(200).text("/data/0/id");
    api.get(SHOPS + "/" + first).expectProblem(404, "NOT_FOUND");
    other.delete(SHOPS + "/" + first).expect(204);
    other.post(SHOPS, body).expect(201);
  }
}
