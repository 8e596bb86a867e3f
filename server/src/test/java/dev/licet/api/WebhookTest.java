package dev.licet.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.Reply;
import dev.licet.TestClient;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Webhooks over HTTP. Nothing happens in their accounts, so that nothing is sent to their URLs. */
class WebhookTest extends ApiTest {
  private static final String WEBHOOKS = "/api/v1/webhooks";
  private static final String URL = "https://93.184.215.14/hook";

  @Test
  void creationShowsTheSecretOnceAndThePublicKeyAlways() {
    TestClient client = client();
    Reply created = create(client, ", \"headers\": {\"X-Shop\": \"secret-value\"}").expect(201);
    assertTrue(created.text("/secret").startsWith("whsec_"), created::text);
    assertEquals(hook(created), created.header("Location"));
    Reply read = client.get(hook(created)).expect(200);
    assertTrue(read.at("/secret").isMissingNode());
    assertEquals(created.text("/public_key"), read.text("/public_key"));
    assertTrue(read.text("/public_key").startsWith("whpk_"));
    assertEquals(List.of("X-Shop"), read.texts("/header_names"));
    assertFalse(read.text().contains("secret-value"), read::text);
    assertTrue(read.at("/enabled").asBoolean());
    assertTrue(read.at("/disabled_reason").isNull());
  }

  @Test
  void changeChangesWhatIsGivenOnly() {
    TestClient client = client();
    Reply created = create(client, ", \"description\": \"Shop\"");
    Reply changed =
        client.patch(hook(created), "{\"events\": [\"*\"], \"ed25519\": true}").expect(200);
    assertEquals(List.of("*"), changed.texts("/events"));
    assertTrue(changed.at("/ed25519").asBoolean());
    assertEquals("Shop", changed.text("/description"));
    Reply cleared = client.put(hook(created), "{\"description\": null, \"enabled\": false}");
    assertTrue(cleared.expect(200).at("/description").isNull());
    assertFalse(cleared.at("/enabled").asBoolean());
  }

  @Test
  void deletedWebhookIsNotThereAnyMore() {
    TestClient client = client();
    Reply created = create(client, "");
    client.delete(hook(created)).expect(204);
    client.get(hook(created)).expectProblem(404, "NOT_FOUND");
    client.delete(hook(created)).expectProblem(404, "NOT_FOUND");
    assertEquals(0, client.get(WEBHOOKS).expect(200).at("/data").size());
  }

  @Test
  void wrongFieldsAreNamed() {
    TestClient client = client();
    client.post(WEBHOOKS, "{\"events\": [\"*\"]}").expectInvalid("#/url");
    client.post(WEBHOOKS, "{\"url\": \"" + URL + "\"}").expectInvalid("#/events");
    create(client, ", \"events\": []").expectInvalid("#/events");
    for (String event : List.of("license.exploded", "licence.*", "**", "license.", "", "ping.*")) {
      String body = "{\"url\": \"" + URL + "\", \"events\": [\"*\", \"" + event + "\"]}";
      client.post(WEBHOOKS, body).expectInvalid("#/events/1");
    }
    for (String url :
        List.of(
            "http://shop.example.com/",
            "https://127.0.0.1/",
            "https://[::1]/",
            "https://10.0.0.7/",
            "https://169.254.169.254/latest/meta-data",
            "https://2130706433/",
            "https://user:password@shop.example.com/",
            "https://localhost/",
            "ftp://shop.example.com",
            "nonsense")) {
      String body = "{\"url\": \"" + url + "\", \"events\": [\"*\"]}";
      client.post(WEBHOOKS, body).expectInvalid("#/url");
      client
          .with("Idempotency-Key", "key-" + url.hashCode())
          .post(WEBHOOKS, body)
          .expectInvalid("#/url");
    }
    for (String name : List.of("Webhook-Id", "host", "Content-Type", "Connection", "a b")) {
      create(client, ", \"headers\": {\"" + name + "\": \"x\"}").expectInvalid("#/headers");
    }
    create(client, ", \"include_keys\": 1").expectInvalid("#/include_keys");
    assertEquals(0, client.get(WEBHOOKS).expect(200).at("/data").size());
  }

  @Test
  void keysNeedTheScopeToSeeThem() {
    TestClient client = client();
    String key =
        client
            .post(API_KEYS, "{\"name\": \"hooks\", \"scopes\": [\"webhooks:*\"]}")
            .expect(201)
            .text("/key");
    TestClient blind = new TestClient(server.address(), key);
    create(blind, ", \"include_keys\": true").expectProblem(403, "INSUFFICIENT_SCOPE");
    Reply created = create(blind, "").expect(201);
    blind.patch(hook(created), "{\"include_keys\": true}").expectProblem(403, "INSUFFICIENT_SCOPE");
    client.patch(hook(created), "{\"include_keys\": true}").expect(200);
    blind
        .patch(hook(created), "{\"url\": \"https://93.184.215.15/\"}")
        .expectProblem(403, "INSUFFICIENT_SCOPE");
  }

  @Test
  void twentyIsTheLimit() {
    TestClient client = client();
    for (int i = 0; i < 20; i++) {
      create(client, "").expect(201);
    }
    create(client, "").expectProblem(409, "WEBHOOK_LIMIT_REACHED");
    assertEquals(20, client.get(WEBHOOKS + "?limit=100").expect(200).at("/data").size());
  }

  @Test
  void rotationShowsAnotherSecret() {
    TestClient client = client();
    Reply created = create(client, "");
    Reply rotated = client.post(hook(created) + "/rotate-secret", "{\"overlap\": \"PT1H\"}");
    assertTrue(rotated.expect(200).text("/secret").startsWith("whsec_"));
    assertFalse(rotated.text("/secret").equals(created.text("/secret")));
    assertEquals(created.text("/public_key"), rotated.text("/public_key"));
    client
        .post(hook(created) + "/rotate-secret", "{\"overlap\": \"P91D\"}")
        .expectInvalid("#/overlap");
  }

  @Test
  void repeatedCreationGivesTheFirstAnswer() {
    TestClient client = client().with("Idempotency-Key", "once");
    Reply first = create(client, "").expect(201);
    Reply again = create(client, "").expect(201);
    assertEquals(first.text(), again.text());
    assertEquals("true", again.header("Idempotency-Replayed"));
    assertNull(first.header("Idempotency-Replayed"));
    assertEquals(1, client.get(WEBHOOKS).expect(200).at("/data").size());
  }

  @Test
  void disabledWebhookIsNotTested() {
    TestClient client = client();
    Reply hook = create(client, ", \"enabled\": false").expect(201);
    client.post(hook(hook) + "/test", "").expectProblem(409, "WEBHOOK_DISABLED");
    client
        .post(hook(hook) + "/replay", "{\"since\": \"2026-01-01T00:00:00Z\"}")
        .expectProblem(409, "WEBHOOK_DISABLED");
  }

  @Test
  void replayTakesATimeAndWhatToSend() {
    TestClient client = client();
    Reply hook = create(client, "");
    client.post(hook(hook) + "/replay", "{}").expectInvalid("#/since");
    client
        .post(
            hook(hook) + "/replay", "{\"since\": \"2026-01-01T00:00:00Z\", \"deliveries\": \"x\"}")
        .expectInvalid("#/deliveries");
    Reply started =
        client.post(
            hook(hook) + "/replay",
            "{\"since\": \"2026-01-01T00:00:00Z\", \"deliveries\": \"all\"}");
    assertEquals("all", started.expect(202).text("/replay/deliveries"));
  }

  /** A client of an account that has no webhooks. */
  private static TestClient client() {
    return clientOf(account(", \"quota\": \"unlimited\""));
  }

  private static Reply create(TestClient client, String fields) {
    String events = fields.contains("\"events\"") ? "" : ", \"events\": [\"license.*\"]";
    return client.post(WEBHOOKS, "{\"url\": \"" + URL + "\"" + events + fields + "}");
  }

  private static String hook(Reply webhook) {
    return WEBHOOKS + "/" + webhook.text("/id");
  }
}
