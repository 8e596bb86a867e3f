package dev.licet.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.licet.bench.WebhookReceiver.Fault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server whose receivers misbehave, each in another way, at the first attempt of every event: in
 * the end each of them has every event, and nobody has followed a redirect.
 */
final class WebhookFaults {
  private static final int LICENSES = 15;
  private static final long PATIENCE_SECONDS = 180;
  private static final long DOWN_MILLIS = 2_000;

  private final Path root;
  private final Path folder;
  private final List<String> violations = new ArrayList<>();

  WebhookFaults(Path root, Path folder) {
    this.root = root;
    this.folder = folder;
  }

  /** Runs it, prints a line for each receiver, and answers what went wrong. */
  List<String> run() throws IOException, InterruptedException {
    Path log = root.resolve("bench/target/logs/faults-receivers.log");
    AtomicInteger inside = new AtomicInteger();
    LicetServer licet =
        new LicetServer(root, folder.resolve("licet"), null, log)
            .with("LICET_WEBHOOK_ALLOW_LOOPBACK", "true")
            .with("LICET_WEBHOOK_TIMEOUT", "PT3S");
    List<WebhookReceiver> receivers = new ArrayList<>();
    try (ServerSocket inner = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
        ServerProcess server = licet.start()) {
      Thread.ofVirtual().start(() -> count(inner, inside));
      Api api = new Api(server.base(), LicetServer.API_KEY);
      for (Fault fault : Fault.values()) {
        String redirect = "http://127.0.0.1:" + inner.getLocalPort() + "/";
        String name = fault.name().toLowerCase(Locale.ROOT);
        WebhookReceiver receiver = WebhookReceiver.start(name, fault, 0, redirect);
        receivers.add(receiver);
        receiver.register(api);
      }
      WebhookReceiver metadata =
          WebhookReceiver.start(
              "metadata", Fault.REDIRECT, 0, "http://169.254.169.254/latest/meta-data/");
      receivers.add(metadata);
      metadata.register(api);
      JsonNode down = registerDown(api);
      refuseInner(api);
      createLicenses(api);
      Thread.sleep(DOWN_MILLIS);
      receivers.add(standUp(down));
      await(api, receivers);
      report(receivers);
    } finally {
      receivers.forEach(WebhookReceiver::close);
    }
    if (inside.get() > 0) {
      violations.add(inside + " connections to the inner listener");
    }
    System.out.printf("inner listener: %d connections%n", inside.get());
    return violations;
  }

  private static void count(ServerSocket inner, AtomicInteger connections) {
    try {
      while (true) {
        inner.accept().close();
        connections.incrementAndGet();
      }
    } catch (IOException e) {
      // closed
    }
  }

  /** A webhook that nobody listens for yet. */
  private static JsonNode registerDown(Api api) throws IOException, InterruptedException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      port = free.getLocalPort();
    }
    ObjectNode webhook = Api.object().put("url", "http://127.0.0.1:" + port + "/hook");
    webhook.putArray("events").add("*");
    return api.create("webhooks", webhook);
  }

  private static WebhookReceiver standUp(JsonNode created) throws IOException {
    int port = URI.create(created.path("url").asText()).getPort();
    WebhookReceiver receiver = WebhookReceiver.start("down", Fault.NONE, port, "/");
    receiver.believe(created);
    return receiver;
  }

  /** What leads inside is no webhook, in whatever spelling. */
  private void refuseInner(Api api) throws IOException, InterruptedException {
    for (String url :
        List.of(
            "https://10.0.0.1/",
            "https://169.254.169.254/latest/meta-data/",
            "http://2130706433/",
            "https://0x7f.1/",
            "https://0177.0.0.1/",
            "https://[::ffff:10.0.0.1]/",
            "https://[fd00:ec2::254]/",
            "https://user@example.com/",
            "http://example.com/")) {
      ObjectNode webhook = Api.object().put("url", url);
      webhook.putArray("events").add("*");
      int status = api.post("webhooks", webhook).status();
      if (status != 400) {
        violations.add("a webhook at " + url + " was answered with " + status);
      }
    }
  }

  private static void createLicenses(Api api) throws IOException, InterruptedException {
    for (int i = 0; i < LICENSES; i++) {
      api.createLicense(Api.object().put("plan", "starter").put("customer_email", "a@example.com"));
    }
  }

  private void await(Api api, List<WebhookReceiver> receivers)
      throws IOException, InterruptedException {
    Set<String> ids = EventLog.ids(api);
    for (WebhookReceiver receiver : receivers) {
      if (!receiver.awaits(ids, PATIENCE_SECONDS)) {
        violations.add(receiver.name() + " has not got every event");
      }
    }
  }

  private void report(List<WebhookReceiver> receivers) {
    for (WebhookReceiver receiver : receivers) {
      System.out.printf(
          "%-8s %4d events, %4d repeats, %d forged%n",
          receiver.name(), receiver.received().size(), receiver.repeats(), receiver.forged());
      if (receiver.forged() > 0) {
        violations.add(receiver.name() + " got " + receiver.forged() + " forged messages");
      }
    }
  }
}
