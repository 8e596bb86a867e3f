package dev.licet.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/**
 * Licenses with seats in memory behind the part of the API that the seat race speaks, right or with
 * a known fault.
 */
final class FakeLicet implements AutoCloseable {
  /** What the fake gets wrong. */
  enum Fault {
    NONE,
    GRANTS_ONE_TOO_MANY,
    LOSES_A_GRANTED_DOMAIN,
    TAKES_A_DEVICE_BUT_REFUSES_THE_DOMAIN,
    MISCOUNTS
  }

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Fault fault;
  private final Map<String, License> licenses = new ConcurrentHashMap<>();
  private final HttpServer server;

  FakeLicet(Fault fault) throws IOException {
    this.fault = fault;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/api/v1/licenses", this::manage);
    server.createContext("/api/v1/validate", this::validate);
    server.start();
  }

  URI base() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void manage(HttpExchange exchange) throws IOException {
    JsonNode body = JSON.readTree(exchange.getRequestBody());
    if (exchange.getRequestMethod().equals("POST")) {
      License license = new License("lic_" + licenses.size(), body.path("max_domains").asInt());
      body.path("domains").forEach(domain -> license.domains.add(domain.asText()));
      licenses.put(license.id, license);
      answer(exchange, 201, license.show());
    } else {
      String path = exchange.getRequestURI().getPath();
      answer(exchange, 200, license(path.substring(path.lastIndexOf('/') + 1)).show());
    }
  }

  private License license(String id) {
    License license = licenses.get(id);
    if (license == null) {
      throw new IllegalArgumentException(id);
    }
    return license;
  }

  private void validate(HttpExchange exchange) throws IOException {
    JsonNode body = JSON.readTree(exchange.getRequestBody());
    License license = license(body.path("key").asText());
    String refusal =
        license.take(
            body.path("domain").asText(null), body.path("fingerprint").asText(null), fault);
    ObjectNode answer = JSON.createObjectNode().put("valid", refusal.isEmpty());
    answer(exchange, 200, refusal.isEmpty() ? answer : answer.put("error", refusal));
  }

  private static void answer(HttpExchange exchange, int status, JsonNode body) throws IOException {
    byte[] bytes = JSON.writeValueAsBytes(body);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  /** A license whose key is its id. */
  private static final class License {
    private final String id;
    private final int limit;
    private final Set<String> domains = new LinkedHashSet<>();
    private final Set<String> devices = new LinkedHashSet<>();
    private long count;

    License(String id, int limit) {
      this.id = id;
      this.limit = limit;
    }

    synchronized String take(String domain, String device, Fault fault) {
      boolean roomForDevice = device == null || devices.contains(device) || devices.size() < limit;
      int most = fault == Fault.GRANTS_ONE_TOO_MANY ? limit + 1 : limit;
      boolean roomForDomain = domain == null || domains.contains(domain) || domains.size() < most;
      if (roomForDevice && device != null && (roomForDomain || takesInParts(fault))) {
        devices.add(device);
      }
      if (!roomForDevice || !roomForDomain) {
        return roomForDevice ? "DOMAIN_LIMIT_REACHED" : "DEVICE_LIMIT_REACHED";
      }
      boolean last = domains.size() == limit - 1;
      if (domain != null && !(last && fault == Fault.LOSES_A_GRANTED_DOMAIN)) {
        domains.add(domain);
      }
      count += fault == Fault.MISCOUNTS ? 2 : 1;
      return "";
    }

    private static boolean takesInParts(Fault fault) {
      return fault == Fault.TAKES_A_DEVICE_BUT_REFUSES_THE_DOMAIN;
    }

    synchronized ObjectNode show() {
      ObjectNode shown = JSON.createObjectNode().put("id", id).put("key", id);
      domains.forEach(shown.putArray("domains")::add);
      devices.forEach(shown.putArray("devices")::add);
      return shown.put("validation_count", count);
    }
  }
}
