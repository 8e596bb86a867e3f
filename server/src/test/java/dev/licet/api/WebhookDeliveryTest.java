package dev.licet.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.licet.Reply;
import dev.licet.TestClient;
import dev.licet.TestDatabase;
import dev.licet.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Events on their way from a server to a real receiver on this machine. */
@ParameterizedClass(name = "{0}")
@EnumSource
@Timeout(60)
class WebhookDeliveryTest {
  private static final String WEBHOOKS = "/api/v1/webhooks";

  private static TestServer server;

  @Parameter TestDatabase database;

  @BeforeParameterizedClassInvocation
  static void start(TestDatabase database) {
    server = TestServer.start(database, Map.of("webhook.allow-loopback", "true"));
  }

  @AfterParameterizedClassInvocation
  static void stop() {
    server.close();
  }

  /** What came: the headers that matter, and the body. */
  private record Message(String id, String timestamp, String signature, String shop, String body) {}

  /** A receiver on a free port, which keeps what comes. */
  private static final class Receiver implements AutoCloseable {
    private final HttpServer http;
    private final List<Message> messages = new CopyOnWriteArrayList<>();
    private volatile int status = 204;

    Receiver() {
      try {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
      http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      http.createContext("/", this::receive);
      http.start();
    }

    private void receive(HttpExchange exchange) throws IOException {
      var headers = exchange.getRequestHeaders();
      byte[] body = exchange.getRequestBody().readAllBytes();
      messages.add(
          new Message(
              headers.getFirst("webhook-id"),
              headers.getFirst("webhook-timestamp"),
              headers.getFirst("webhook-signature"),
              headers.getFirst("X-Shop"),
              new String(body, StandardCharsets.UTF_8)));
      byte[] answer = "taken".getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, status == 204 ? -1 : answer.length);
      if (status != 204) {
        exchange.getResponseBody().write(answer);
      }
      exchange.close();
    }

    String url() {
      return "http://127.0.0.1:" + http.getAddress().getPort() + "/hook";
    }

    @Override
    public void close() {
      http.stop(0);
    }
  }

  @Test
  void eventArrivesSignedByTheSecret() throws GeneralSecurityException {
    try (Receiver receiver = new Receiver()) {
      TestClient client = server.stranger();
      Reply hook =
          create(client, receiver, ", \"ed25519\": true, \"headers\": {\"X-Shop\": \"7\"}");
      Reply license = client.create("starter");
      until(() -> receiver.messages.size() == 1);
      Message message = receiver.messages.getFirst();
      assertEquals("7", message.shop());
      assertTrue(message.body().contains(license.text("/id")), message::body);
      assertFalse(message.body().contains(license.text("/key")), message::body);
      String[] signatures = message.signature().split(" ");
      assertEquals("v1," + hmac(hook.text("/secret"), message), signatures[0]);
      assertTrue(signatures[1].startsWith("v1a,"));
      until(() -> status(client, "succeeded") == 1);
      Reply delivery = client.get(WEBHOOKS + "/deliveries").expect(200);
      assertEquals(message.id(), delivery.text("/data/0/event_id"));
      assertEquals(204, delivery.number("/data/0/attempts/0/status"));
    }
  }

  @Test
  void bothSecretsSignDuringTheOverlap() throws GeneralSecurityException {
    try (Receiver receiver = new Receiver()) {
      TestClient client = server.stranger();
      Reply hook = create(client, receiver, "");
      String path = WEBHOOKS + "/" + hook.text("/id");
      Reply rotated = client.post(path + "/rotate-secret", "").expect(200);
      client.post(path + "/test", "").expect(202);
      until(() -> receiver.messages.size() == 1);
      Message message = receiver.messages.getFirst();
      assertEquals(
          "v1,"
              + hmac(rotated.text("/secret"), message)
              + " v1,"
              + hmac(hook.text("/secret"), message),
          message.signature());
      assertTrue(message.body().contains("\"type\":\"ping\""), message::body);
    }
  }

  @Test
  void keysAreSentInFullToThoseWhoAsk() {
    try (Receiver receiver = new Receiver()) {
      TestClient client = server.stranger();
      create(client, receiver, ", \"include_keys\": true");
      Reply license = client.create("starter");
      until(() -> receiver.messages.size() == 1);
      String old = license.text("/key");
      assertTrue(receiver.messages.getFirst().body().contains(old));
      Reply rotated = client.post("/api/v1/licenses/" + license.text("/id") + "/rotate", "{}");
      until(() -> receiver.messages.size() == 2);
      String body = receiver.messages.get(1).body();
      assertTrue(body.contains(rotated.text("/key")), body);
    }
  }

  @Test
  void goneReceiverIsDisabledWithAReason() {
    try (Receiver receiver = new Receiver()) {
      TestClient client = server.stranger();
      Reply hook = create(client, receiver, "");
      String path = WEBHOOKS + "/" + hook.text("/id");
      receiver.status = 410;
      client.create("starter");
      until(() -> !client.get(path).at("/enabled").asBoolean());
      Reply disabled = client.get(path).expect(200);
      assertEquals("gone", disabled.text("/disabled_reason"));
      assertEquals(1, status(client, "failed"));
      Reply log = client.get("/api/v1/audit-log?action=webhook.disabled").expect(200);
      assertEquals("system", log.text("/data/0/actor"));
      receiver.status = 200;
      client.patch(path, "{\"enabled\": true}").expect(200);
      client.post(path + "/replay", "{\"since\": \"2026-01-01T00:00:00Z\"}").expect(202);
      until(() -> status(client, "succeeded") == 1);
      until(() -> client.get(path).at("/replay").isNull());
      assertEquals("taken", client.get(path + "/deliveries").text("/data/0/attempts/1/answer"));
    }
  }

  @Test
  void deliveryIsRepeatedOnRequestWithTheSameId() {
    try (Receiver receiver = new Receiver()) {
      TestClient client = server.stranger();
      create(client, receiver, "");
      client.create("starter");
      until(() -> status(client, "succeeded") == 1);
      String id = client.get(WEBHOOKS + "/deliveries").text("/data/0/id");
      client.post("/api/v1/deliveries/" + id + "/redeliver", "").expect(202);
      until(() -> receiver.messages.size() == 2);
      assertEquals(receiver.messages.get(0).id(), receiver.messages.get(1).id());
      assertEquals(id, client.get("/api/v1/deliveries/" + id).expect(200).text("/id"));
    }
  }

  @Test
  void whatWaitedIsSentAfterARestart() {
    try (Receiver receiver = new Receiver()) {
      TestClient client = server.stranger();
      create(client, receiver, "");
      receiver.status = 500;
      client.create("starter");
      until(() -> status(client, "retrying") == 1);
      String key =
          client
              .post("/api/v1/api-keys", "{\"name\": \"k\", \"scopes\": [\"admin\"]}")
              .text("/key");
      server.restart();
      TestClient again = new TestClient(server.address(), key);
      receiver.status = 200;
      server.sql("UPDATE webhook_deliveries SET due_at = 1 WHERE status = 'retrying'");
      until(() -> status(again, "succeeded") == 1);
      assertEquals(receiver.messages.get(0).id(), receiver.messages.get(1).id());
      assertTrue(again.get("/metrics").text().contains("licet_webhook_waiting"));
    }
  }

  private static int status(TestClient client, String status) {
    return client.get(WEBHOOKS + "/deliveries?status=" + status).expect(200).at("/data").size();
  }

  private static Reply create(TestClient client, Receiver receiver, String fields) {
    String body =
        "{\"url\": \"" + receiver.url() + "\", \"events\": [\"license.*\"]" + fields + "}";
    return client.post(WEBHOOKS, body).expect(201);
  }

  private static String hmac(String secret, Message message) throws GeneralSecurityException {
    byte[] key = Base64.getDecoder().decode(secret.substring("whsec_".length()));
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    String signed = message.id() + "." + message.timestamp() + "." + message.body();
    return Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
  }

  private static void until(BooleanSupplier condition) {
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < deadline, "waited too long");
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
