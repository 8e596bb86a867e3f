package dev.licet.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.licet.Checkout;
import dev.licet.PostgresDatabases;
import dev.licet.Reply;
import dev.licet.TemporaryDirectory;
import dev.licet.TestClient;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that takes orders is killed at any moment: no order is lost, and none counts twice. */
@Timeout(120)
class CheckoutCrashTest {
  private static final String EVENTS = "/api/v1/checkout-events";
  private static final String LICENSES = "/api/v1/licenses";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final TemporaryDirectory directory = TemporaryDirectory.create();
  private final List<Instant> kills = new ArrayList<>();
  private final Random random = new Random(1);

  @AfterEach
  void clean() {
    directory.close();
  }

  @Test
  void killedAgainAndAgainItIssuesOneLicensePerPaidOrderLine() throws Exception {
    assertNoneLostOrDoubled(Map.of(), 3);
  }

  @Test
  void killedAgainAndAgainItIssuesOneLicensePerPaidOrderLineOnPostgres() throws Exception {
    assertNoneLostOrDoubled(
        Map.of(
            "LICET_DATABASE_URL", PostgresDatabases.fresh(),
            "LICET_SECRET", Base64.getEncoder().encodeToString(new byte[32])),
        2);
  }

  private void assertNoneLostOrDoubled(Map<String, String> settings, int times) throws Exception {
    ServerProcess server = ServerProcess.start(directory.path(), settings);
    String shop = Checkout.stripe(server.client()).id();
    try (Shoppers shoppers = new Shoppers(server.client(), shop)) {
      for (int kill = 0; kill < times; kill++) {
        Thread.sleep(300 + random.nextInt(700));
        Shoppers.Message unread = shoppers.purchase("NobodyReadTheAnswer" + kill, 1);
        awaitAppliedUnread(server.client(), shop, unread, "NobodyReadTheAnswer" + kill);
        awaitStored(server.client());
        server.kill();
        kills.add(Instant.now());
        server = ServerProcess.start(directory.path(), settings);
        shoppers.moveTo(server.client());
        shoppers.deliver(unread);
      }
      shoppers.finish();
      assertTrue(shoppers.repeated() > 0, "nobody met a dead server");
      assertAllApplied(server.client(), shoppers.acknowledged());
      assertEquals(shoppers.orders(), licenses(server.client()));
    } finally {
      server.close();
    }
  }

  /**
   * Sends an event and reads no answer; waits until it was applied. To the shop it is the same as
   * if the answer had never been sent.
   */
  private static void awaitAppliedUnread(
      TestClient api, String shop, Shoppers.Message message, String order) throws Exception {
    String path = LICENSES + "?customer_email=" + Shoppers.email(order);
    URI address = api.base();
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      socket.getOutputStream().write(request(shop, message.body()));
      await(() -> !api.get(path).expect(200).at("/data").isEmpty());
    }
  }

  private static byte[] request(String shop, String body) {
    String signature = Checkout.signature(body, Checkout.SECRET, Instant.now());
    return """
    POST /api/v1/checkout/%s HTTP/1.1\r
    Host: licet\r
    Content-Type: application/json\r
    Stripe-Signature: %s\r
    Content-Length: %d\r
    \r
    %s\
    """
        .formatted(shop, signature, body.length(), body)
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** Waits for an event that is stored and not applied. */
  private static void awaitStored(TestClient api) throws InterruptedException {
    await(() -> !api.get(EVENTS + "?status=pending").expect(200).at("/data").isEmpty());
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    Instant end = Instant.now().plus(PATIENCE);
    while (!condition.getAsBoolean()) {
      assertTrue(Instant.now().isBefore(end), "it takes too long");
      Thread.sleep(2);
    }
  }

  private void assertAllApplied(TestClient api, Set<String> acknowledged)
      throws InterruptedException {
    await(() -> api.get(EVENTS + "?status=pending").expect(200).at("/data").isEmpty());
    Set<String> applied = new HashSet<>();
    int afterCrash = 0;
    for (JsonNode event : all(api, EVENTS)) {
      assertEquals("applied", event.get("status").textValue(), event::toString);
      assertTrue(applied.add(event.get("provider_event_id").textValue()), event::toString);
      Instant received = Instant.parse(event.get("received_at").textValue());
      Instant done = Instant.parse(event.get("applied_at").textValue());
      if (kills.stream().anyMatch(it -> received.isBefore(it) && done.isAfter(it))) {
        afterCrash++;
      }
    }
    assertEquals(acknowledged, applied);
    assertTrue(afterCrash > 0, "no crash came between storing and applying");
  }

  /** How many licences there are, by their customers' addresses. */
  private static Map<String, Integer> licenses(TestClient api) {
    Map<String, Integer> licenses = new HashMap<>();
    for (JsonNode license : all(api, LICENSES)) {
      licenses.merge(license.get("customer_email").textValue(), 1, Integer::sum);
    }
    return licenses;
  }

  private static List<JsonNode> all(TestClient api, String list) {
    List<JsonNode> all = new ArrayList<>();
    Reply page;
    do {
      String after = all.isEmpty() ? "" : "&starting_after=" + all.getLast().get("id").textValue();
      page = api.get(list + (list.contains("?") ? "&" : "?") + "limit=100" + after).expect(200);
      page.at("/data").forEach(all::add);
    } while (page.at("/has_more").booleanValue());
    return all;
  }
}
