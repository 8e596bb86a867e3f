package dev.licet.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.licet.domain.webhook.WebhookSecret;
import dev.licet.domain.webhook.WebhookSignature;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A receiver of webhooks on 127.0.0.1: verifies, drops what it has by {@code webhook-id}, and
 * treats the first attempt of every event as it is told.
 */
final class WebhookReceiver implements AutoCloseable {
  private static final int FLOOD_BYTES = 1 << 30;
  private static final long HOLD_MILLIS = 250;

  private final String name;
  private final Fault fault;
  private final String redirect;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Integer> arrivals = new ConcurrentHashMap<>();
  private final Set<String> received = ConcurrentHashMap.newKeySet();
  private final AtomicInteger forged = new AtomicInteger();
  private @Nullable WebhookSecret secret;

  /** What a receiver does to the first attempt of an event. */
  enum Fault {
    NONE,
    /** One byte a second, and no end. */
    SLOW,
    ERROR,
    REDIRECT,
    /** A gigabyte with status 200, so that the event counts as delivered. */
    FLOOD,
    /** Closes the connection without an answer. */
    RESET,
    /** Takes every attempt, and answers a while later. */
    HOLD
  }

  private WebhookReceiver(String name, Fault fault, String redirect, HttpServer server) {
    this.name = name;
    this.fault = fault;
    this.redirect = redirect;
    this.server = server;
    server.createContext("/", this::receive);
    server.setExecutor(threads);
    server.start();
  }

  /**
   * Starts to listen.
   *
   * @param name what a report calls it
   * @param port 0 for any that is free
   * @param redirect where {@link Fault#REDIRECT} leads
   */
  static WebhookReceiver start(String name, Fault fault, int port, String redirect)
      throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_024);
    return new WebhookReceiver(name, fault, redirect, server);
  }

  static WebhookReceiver start(Fault fault) throws IOException {
    return start(fault.name().toLowerCase(Locale.ROOT), fault, 0, "/");
  }

  /** Tells the server of this receiver, for all events. */
  JsonNode register(Api api) throws IOException, InterruptedException {
    ObjectNode webhook = Api.object().put("url", url());
    webhook.putArray("events").add("*");
    JsonNode created = api.create("webhooks", webhook);
    believe(created);
    return created;
  }

  /** Verifies with the secret that a webhook was made with. */
  void believe(JsonNode created) {
    secret = WebhookSecret.read(created.path("secret").asText()).orElseThrow();
  }

  String name() {
    return name;
  }

  String url() {
    return "http://127.0.0.1:" + port() + "/hook";
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** The ids of the events that were answered with 2xx, each once. */
  Set<String> received() {
    return received;
  }

  /** Waits until all of these events are there; false when they are not in time. */
  boolean awaits(Set<String> ids, long seconds) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (!received.containsAll(ids) && System.nanoTime() < end) {
      Thread.sleep(50);
    }
    return received.containsAll(ids);
  }

  /** Messages beyond the first of each event. */
  int repeats() {
    return arrivals.values().stream().mapToInt(count -> count - 1).sum();
  }

  /** Messages whose signature does not fit. */
  int forged() {
    return forged.get();
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String id = exchange.getRequestHeaders().getFirst(WebhookSignature.ID_HEADER);
      if (id == null || !verified(exchange, id, body)) {
        forged.incrementAndGet();
        exchange.sendResponseHeaders(401, -1);
        return;
      }
      if (arrivals.merge(id, 1, Integer::sum) == 1 || fault == Fault.HOLD) {
        first(exchange, id);
      } else {
        accept(exchange, id);
      }
    }
  }

  private boolean verified(HttpExchange exchange, String id, byte[] body) {
    String time = exchange.getRequestHeaders().getFirst(WebhookSignature.TIMESTAMP_HEADER);
    String signatures = exchange.getRequestHeaders().getFirst(WebhookSignature.SIGNATURE_HEADER);
    WebhookSecret known = secret;
    return known != null
        && List.of(signatures.split(" ", -1))
            .contains(
                WebhookSignature.header(id, Long.parseLong(time), body, List.of(known), null));
  }

  private void accept(HttpExchange exchange, String id) throws IOException {
    exchange.sendResponseHeaders(204, -1);
    received.add(id);
  }

  private void first(HttpExchange exchange, String id) throws IOException {
    switch (fault) {
      case NONE -> accept(exchange, id);
      case ERROR -> exchange.sendResponseHeaders(500, -1);
      case RESET -> exchange.close();
      case REDIRECT -> {
        exchange.getResponseHeaders().set("location", redirect);
        exchange.sendResponseHeaders(302, -1);
      }
      case HOLD -> {
        pause(HOLD_MILLIS);
        accept(exchange, id);
      }
      case SLOW -> {
        exchange.sendResponseHeaders(200, FLOOD_BYTES);
        trickle(exchange.getResponseBody());
      }
      case FLOOD -> {
        received.add(id);
        exchange.sendResponseHeaders(200, FLOOD_BYTES);
        flood(exchange.getResponseBody());
      }
    }
  }

  /** Ends when the other side has gone. */
  private static void trickle(OutputStream out) throws IOException {
    while (true) {
      out.write('x');
      out.flush();
      pause(1_000);
    }
  }

  private static void flood(OutputStream out) throws IOException {
    byte[] part = new byte[1 << 16];
    for (int written = 0; written < FLOOD_BYTES; written += part.length) {
      out.write(part);
    }
  }

  private static void pause(long millis) throws IOException {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
