package dev.licet.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.licet.Checkout;
import dev.licet.Reply;
import dev.licet.TestClient;
import dev.licet.TestDatabase;
import dev.licet.TestServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Every operation that changes something leaves its row in the audit log. */
class AuditCoverageTest {
  private static final String LICENSE = " /api/v1/licenses/{id}";

  /** A body for each write, and the action that it is recorded as. */
  private static final Map<String, String[]> WRITES = new LinkedHashMap<>();

  static {
    add(
        "POST /api/v1/licenses",
        "{\"plan\": \"starter\", \"customer_email\": \"a@example.com\"}",
        "license.created");
    add("PUT" + LICENSE, "{\"max_devices\": 7}", "license.updated");
    add("PATCH" + LICENSE, "{\"max_devices\": 8}", "license.updated");
    add("POST" + LICENSE + "/suspend", "{}", "license.suspended");
    add("POST" + LICENSE + "/reinstate", "{}", "license.reinstated");
    add("POST" + LICENSE + "/renew", "{\"duration\": \"P1M\"}", "license.renewed");
    add(
        "POST /api/v1/licenses/batch",
        "{\"action\": \"renew\", \"ids\": [\"{license}\"], \"duration\": \"P1M\"}",
        "license.renewed");
    add(
        "POST /api/v1/licenses/import",
        "{\"plan\": \"starter\", \"customer_email\": \"a@example.com\"}",
        "license.created");
    add(
        "POST" + LICENSE + "/consume",
        "{\"name\": \"exports\", \"amount\": 2}",
        "counter.consumed");
    add("POST" + LICENSE + "/counters/{name}/reset", "", "counter.reset");
    add("POST" + LICENSE + "/rotate", "{\"overlap\": \"PT1H\"}", "license.rotated");
    add(
        "POST" + LICENSE + "/activations",
        "{\"kind\": \"domain\", \"value\": \"a.example\"}",
        "activation.created");
    add("DELETE" + LICENSE + "/activations/{activation_id}", "", "activation.removed");
    add(
        "POST /api/v1/validate",
        "{\"key\": \"{key}\", \"fingerprint\": \"f\"}",
        "activation.created");
    add(
        "POST /api/v1/deactivate",
        "{\"key\": \"{key}\", \"fingerprint\": \"f\"}",
        "activation.removed");
    add("DELETE" + LICENSE, "", "license.revoked");
    add("DELETE /api/v1/customers/{email}", "", "customer.erased");
    add("PATCH /api/v1/account", "{\"address_form\": \"none\"}", "account.updated");
    add("POST /api/v1/plans", "{\"name\": \"covered\"}", "plan.created");
    add("PUT /api/v1/plans/{name}", "{\"max_domains\": 2}", "plan.updated");
    add("PATCH /api/v1/plans/{name}", "{\"max_domains\": 4}", "plan.updated");
    add("DELETE /api/v1/plans/{name}", "", "plan.deleted");
    add("POST /api/v1/products", "{\"name\": \"covered\"}", "product.created");
    add("PUT /api/v1/products/{name}", "{\"key_groups\": 5}", "product.updated");
    add("PATCH /api/v1/products/{name}", "{\"key_groups\": 6}", "product.updated");
    add("DELETE /api/v1/products/{name}", "", "product.deleted");
    String hook = " /api/v1/webhooks/{id}";
    add(
        "POST /api/v1/webhooks",
        "{\"url\": \"https://nobody.example.com/\", \"events\": [\"quota.*\"]}",
        "webhook.created");
    add("PUT" + hook, "{\"description\": \"one\"}", "webhook.updated");
    add("PATCH" + hook, "{\"description\": \"two\"}", "webhook.updated");
    add("POST" + hook + "/rotate-secret", "", "webhook.secret_rotated");
    add("POST" + hook + "/test", "", "webhook.tested");
    add("POST" + hook + "/replay", "{\"since\": \"2026-01-01T00:00:00Z\"}", "webhook.replayed");
    add("POST /api/v1/deliveries/{id}/redeliver", "", "delivery.restarted");
    add("DELETE" + hook, "", "webhook.deleted");
    String shop = " /api/v1/checkout-connections/{id}";
    add(
        "POST /api/v1/checkout-connections",
        "{\"provider\": \"stripe\", \"name\": \"s\", \"signing_secret\": \""
            + Checkout.SECRET
            + "\"}",
        "checkout_connection.created");
    add("PUT" + shop, "{\"lapse\": \"period_end\"}", "checkout_connection.updated");
    add("PATCH" + shop, "{\"refund\": \"nothing\"}", "checkout_connection.updated");
    add("POST /api/v1/checkout-events/{id}/retry", "", "checkout_event.retried");
    add("DELETE" + shop, "", "checkout_connection.deleted");
    String mail = " /api/v1/mail-template";
    add(
        "PUT" + mail,
        "{\"subject\": \"s\", \"text\": \"{{keys}}\", \"html\": \"{{keys}}\"}",
        "mail_template.updated");
    add("DELETE" + mail, "", "mail_template.reset");
    add("POST /api/v1/api-keys", "{\"name\": \"k\", \"scopes\": [\"admin\"]}", "api_key.created");
    add("POST /api/v1/api-keys/{id}/rotate", "{}", "api_key.rotated");
    add("DELETE /api/v1/api-keys/{id}", "", "api_key.revoked");
  }

  private static void add(String operation, String body, String action) {
    WRITES.put(operation, new String[] {body, action});
  }

  @Test
  void everyWriteIsRecorded() {
    Set<String> described = new TreeSet<>();
    for (OpenApiDocument.Operation operation : OpenApiDocument.load().operations()) {
      boolean operators = operation.path().startsWith("/api/v1/accounts");
      // What an application consumes is counted, as its validations are.
      boolean counted = operation.path().equals("/api/v1/consume");
      // What it changes is recorded when it is applied.
      boolean message = operation.path().equals("/api/v1/checkout/{connection_id}");
      if (!operation.method().equals("get") && !operators && !counted && !message) {
        described.add(operation.toString());
      }
    }
    assertEquals(described, new TreeSet<>(WRITES.keySet()));
    try (TestServer server = TestServer.start(TestDatabase.SQLITE)) {
      TestClient api = server.client();
      Reply license = api.create("starter", "counters", "{\"exports\": {\"limit\": 9}}");
      WRITES.forEach((operation, write) -> {
        send(api, license, operation, write[0]);
        Reply log = api.get("/api/v1/audit-log?limit=1").expect(200);
        assertEquals(write[1], log.texts("/data", "/action").getFirst(), operation);
      });
    }
  }

  /** The id of what was made last. */
  private static String newest(TestClient api, String list) {
    return api.get("/api/v1/" + list).texts("/data", "/id").getFirst();
  }

  private static void send(TestClient api, Reply license, String operation, String body) {
    String[] call = operation.split(" ", 2);
    String id = license.text("/id");
    String path = call[1].replace("{id}", id).replace("{name}", "covered");
    if (path.startsWith("/api/v1/api-keys/")) {
      path = path.replace(id, newest(api, "api-keys"));
    }
    if (path.startsWith("/api/v1/webhooks/")) {
      path = path.replace(id, newest(api, "webhooks"));
    }
    if (path.startsWith("/api/v1/checkout-connections/")) {
      path = path.replace(id, newest(api, "checkout-connections"));
    }
    if (path.startsWith("/api/v1/checkout-events/")) {
      String shop = newest(api, "checkout-connections");
      Checkout.post(api, shop, "{\"id\": \"evt_1\", \"type\": \"none\"}").expect(200);
      path = path.replace(id, newest(api, "checkout-events"));
    }
    if (path.startsWith("/api/v1/deliveries/")) {
      path = path.replace(id, newest(api, "webhooks/deliveries"));
    }
    path = path.replace("{email}", "ada@example.com");
    if (path.contains("{activation_id}")) {
      Reply seats = api.get("/api/v1/licenses/" + id + "/activations");
      path = path.replace("{activation_id}", seats.texts("/data", "/id").getFirst());
    }
    if (path.contains("/counters/")) {
      path = path.replace("covered", "exports");
    }
    String sent = body.replace("{key}", license.text("/key")).replace("{license}", id);
    String type = path.endsWith("/import") ? "application/x-ndjson" : "application/json";
    Reply reply = api.with("Content-Type", type).send(call[0], path, BodyPublishers.ofString(sent));
    assertEquals(2, reply.status() / 100, reply::text);
  }
}
