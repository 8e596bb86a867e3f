package dev.licet.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.licet.core.LicenseKey;
import dev.licet.core.LicenseKey.Reading;
import dev.licet.core.LicenseKeyGenerator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Random;
import java.util.Set;

/** A server that knows one license, as far as the demo goes. It can be made to lie. */
final class FakeLicenses implements AutoCloseable {
  static final String API_KEY = "licet_live_" + "k".repeat(38);

  private final ObjectMapper json = new ObjectMapper();
  private final String key =
      new LicenseKeyGenerator(new Random(7), "TO", LicenseKey.MIN_GROUPS).next().canonical();
  private final Set<String> domains = new LinkedHashSet<>();
  private final int limit;
  private final HttpServer server;
  private String status = "active";
  private int count;

  /**
   * @param limit how many domains it grants; the honest answer is 3
   */
  FakeLicenses(int limit) throws IOException {
    this.limit = limit;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/api/v1/licenses", this::manage);
    server.createContext("/api/v1/validate", this::validate);
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void manage(HttpExchange exchange) throws IOException {
    if (!("Bearer " + API_KEY).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
      answer(exchange, 401, json.createObjectNode());
      return;
    }
    String path = exchange.getRequestURI().getPath();
    if (exchange.getRequestMethod().equals("DELETE")) {
      status = "revoked";
    } else if (path.endsWith("/suspend")) {
      status = "suspended";
    } else if (path.endsWith("/reinstate")) {
      status = "active";
    }
    ObjectNode license = json.createObjectNode();
    license.put("id", "lic_1").put("key", key).put("status", status).put("plan", "professional");
    license.put("max_domains", 3).put("validation_count", count);
    answer(exchange, path.endsWith("/licenses") ? 201 : 200, license);
  }

  private void validate(HttpExchange exchange) throws IOException {
    JsonNode request = json.readTree(exchange.getRequestBody().readAllBytes());
    ObjectNode verdict = json.createObjectNode();
    if (LicenseKey.read(request.path("key").asText()) instanceof Reading.ChecksumMismatch wrong) {
      LicenseKey suggestion = wrong.suggestion();
      verdict.put("valid", false).put("error", "LICENSE_NOT_FOUND");
      verdict.put("reason", "CHECKSUM_MISMATCH");
      verdict.put("suggestion", suggestion == null ? null : suggestion.canonical());
      answer(exchange, 404, verdict);
      return;
    }
    String refusal = refusal(request.path("domain").asText());
    verdict.put("valid", refusal.isEmpty());
    if (refusal.isEmpty()) {
      count++;
    } else {
      verdict.put("error", refusal);
    }
    verdict.putObject("license").put("domainsUsed", domains.size()).put("maxDomains", 3);
    answer(exchange, 200, verdict);
  }

  private String refusal(String domain) {
    if (!status.equals("active")) {
      return "LICENSE_" + status.toUpperCase(Locale.ROOT);
    }
    if (!domains.contains(domain) && domains.size() >= limit) {
      return "DOMAIN_LIMIT_REACHED";
    }
    domains.add(domain);
    return "";
  }

  private void answer(HttpExchange exchange, int code, JsonNode body) throws IOException {
    FakeProgram.pause("slow.answer");
    try (exchange) {
      byte[] bytes = json.writeValueAsBytes(body);
      exchange.getRequestBody().readAllBytes();
      exchange.sendResponseHeaders(code, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
