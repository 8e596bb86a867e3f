package dev.licet.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** A receiver of webhooks on 127.0.0.1 that takes everything and notes when it came. */
final class HookReceiver implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer http;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Duration> delays = new ConcurrentHashMap<>();
  private final AtomicLong repeats = new AtomicLong();
  private volatile long firstNanos;
  private volatile long lastNanos;

  HookReceiver() throws IOException {
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_024);
    http.setExecutor(threads);
    http.createContext("/", this::receive);
    http.start();
  }

  private void receive(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    long now = System.nanoTime();
    Instant arrived = Instant.now();
    Instant createdAt = Instant.parse(JSON.readTree(body).path("created_at").asText());
    String id = exchange.getRequestHeaders().getFirst("webhook-id");
    if (delays.putIfAbsent(id, Duration.between(createdAt, arrived)) == null) {
      firstNanos = firstNanos == 0 ? now : firstNanos;
      lastNanos = now;
    } else {
      repeats.incrementAndGet();
    }
    exchange.sendResponseHeaders(204, -1);
    exchange.close();
  }

  String url() {
    return "http://127.0.0.1:" + http.getAddress().getPort() + "/hook";
  }

  /** How many events came. */
  int count() {
    return delays.size();
  }

  /** How often one came that had come before. */
  long repeats() {
    return repeats.get();
  }

  /** From the time of each event to its arrival. */
  Iterable<Duration> delays() {
    return delays.values();
  }

  /** From the first arrival to the last. */
  Duration span() {
    return Duration.ofNanos(lastNanos - firstNanos);
  }

  @Override
  public void close() {
    http.stop(0);
    threads.shutdownNow();
  }

  /** A port of 127.0.0.1 that takes connections and never says a word. */
  static ServerSocket silent() throws IOException {
    return new ServerSocket(0, 1_024, InetAddress.getLoopbackAddress());
  }

  /** The URL of a port of 127.0.0.1 that nobody listens on. */
  static String refusing() throws IOException {
    try (ServerSocket socket = silent()) {
      return "http://127.0.0.1:" + socket.getLocalPort() + "/hook";
    }
  }
}
