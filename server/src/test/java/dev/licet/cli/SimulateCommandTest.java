package dev.licet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.Reply;
import dev.licet.TestClient;
import dev.licet.TestDatabase;
import dev.licet.TestServer;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code licet checkout simulate} and a server that runs. */
@Timeout(60)
class SimulateCommandTest {
  private static final String SECRET = "whsec_8a1f0cfd5e0c4a7f9b6f";

  private static TestServer server;
  private static TestClient api;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    server = TestServer.start(TestDatabase.SQLITE);
    api = server.client();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String shop(String provider) {
    String body =
        """
        {"provider": "%s", "name": "shop", "signing_secret": "%s",
         "mapping": [{"id": "511001", "plan": "professional"}]}
        """;
    return api.post("/api/v1/checkout-connections", body.formatted(provider, SECRET))
        .expect(201)
        .text("/id");
  }

  private Run simulate(Map<String, String> environment, String... arguments) {
    List<String> command = new ArrayList<>(List.of("checkout", "simulate"));
    command.addAll(List.of(arguments));
    return Run.of(environment, folder, command.toArray(String[]::new));
  }

  private static Map<String, String> environment(String shop) {
    return Map.of("LICET_CHECKOUT_CONNECTION", shop, "LICET_CHECKOUT_SECRET", SECRET);
  }

  @ParameterizedTest
  @CsvSource({
    "stripe, checkout.session.completed",
    "stripe, customer.subscription.created checkout.session.completed invoice.paid",
    "paddle, customer.created transaction.completed",
    "paddle, transaction.completed subscription.created customer.created",
    "lemonsqueezy, order_created",
    "lemonsqueezy, subscription_created order_created subscription_payment_success",
    "generic, order.paid"
  })
  void paidOrderIssuesOneLicenseAndThePagePrintsItsKey(String provider, String events)
      throws InterruptedException {
    String shop = shop(provider);
    String email = shop + "@example.com";
    Run last = null;
    for (String event : events.split(" ")) {
      List<String> arguments =
          new ArrayList<>(List.of(provider, "--event", event, "--price", "511001"));
      arguments.addAll(List.of("--email", email, "--order", "Order1234567890abcdef"));
      if (events.contains("subscription")) {
        arguments.add("--subscription");
      }
      Map<String, String> environment = new HashMap<>(environment(shop));
      environment.put("LICET_URL", server.address().toString());
      last = simulate(environment, arguments.toArray(String[]::new)).expect(0);
      assertTrue(last.output().startsWith("Sent " + event + " about the order Order"));
      assertEquals("", last.errors());
    }
    URI result = URI.create(last.output().lines().toList().get(1).substring("Result: ".length()));
    TestClient browser = api.without("Authorization");
    Reply page = browser.get(result.toString());
    while (page.status() == 202) {
      Thread.sleep(10);
      page = browser.get(result.toString());
    }
    assertEquals(1, page.expect(200).at("/licenses").size());
    Reply licenses = api.get("/api/v1/licenses?customer_email=" + email);
    assertEquals(List.of("professional"), licenses.texts("/data", "/plan"));
    api.validate(page.text("/licenses/0/key")).expectValid();
    String unresolved = "/api/v1/checkout-events?status=unresolved&connection_id=" + shop;
    assertEquals(0, api.get(unresolved).at("/data").size());
  }

  @Test
  void wrongArgumentIsOneLineThatSaysWhatToDo() {
    Map<String, String> known = environment(shop("stripe"));
    String url = "--url=" + server.address();
    String event = "--event=invoice.paid";
    for (String[] wrong :
        new String[][] {
          {"stripe"},
          {event},
          {"shopify", event, url},
          {"stripe", "--event=invoice.payed", url},
          {"stripe", event, "--order=short", url},
          {"stripe", event, "--order=with space and more", url},
          {"stripe", event, "--period-end=tomorrow", url},
          {"stripe", event, "--quantity=many", url},
          {"stripe", event, "--url=not an address"},
          {"stripe", event, "--url=ftp://127.0.0.1"},
          {"stripe", event, "--url=http://127.0.0.1:1"}
        }) {
      assertOneLine(simulate(known, wrong).expect(2), SECRET);
    }
    for (String missing : known.keySet()) {
      Map<String, String> rest = new HashMap<>(known);
      rest.remove(missing);
      Run run = simulate(rest, "stripe", event, url).expect(2);
      assertOneLine(run, SECRET);
      assertTrue(run.errors().contains(missing), run::errors);
    }
  }

  private static void assertOneLine(Run run, String secret) {
    assertEquals(1, run.errors().lines().count(), run::errors);
    assertTrue(run.errors().startsWith("licet: "), run::errors);
    assertFalse(run.errors().contains(secret), run::errors);
    assertEquals("", run.output());
  }

  @Test
  void whatTheServerRefusesIsToldInOneLine() {
    String url = "--url=" + server.address();
    Map<String, String> wrong =
        Map.of("LICET_CHECKOUT_CONNECTION", shop("stripe"), "LICET_CHECKOUT_SECRET", "whsec_no");
    Run run = simulate(wrong, "stripe", "--event=invoice.paid", url).expect(1);
    assertOneLine(run, "whsec_no");
    assertTrue(run.errors().contains("SIGNATURE_INVALID"), run::errors);
    String nobodys = "--connection=chk_01jddq1m3xe5v9s8y2b7r4k6ta";
    Run lost = simulate(wrong, "stripe", "--event=invoice.paid", nobodys, url).expect(1);
    assertTrue(lost.errors().contains("NOT_FOUND"), lost::errors);
  }
}
