package dev.licet.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Jazzer calls with bodies: a server in this JVM, so that it sees which code they reach. A
 * fault, an answer that does not come and a heap that grows are findings.
 */
public final class FuzzTarget {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration START = Duration.ofMinutes(3);
  private static final int HEAP_CHECK_EACH = 4_000;
  private static final long HEAP_GROWTH_BYTES = 64L << 20;
  private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");

  private static final URI BASE =
      URI.create("http://127.0.0.1:" + System.getenv().getOrDefault("LICET_PORT", "8080"));
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final String METHOD = System.getProperty("fuzz.method", "POST");
  private static final String CONTENT_TYPE =
      System.getProperty("fuzz.content-type", "application/json");

  private static String path = System.getProperty("fuzz.path", "/api/v1/licenses");
  private static long inputs;
  private static long firstHeap;

  private FuzzTarget() {}

  /** Starts the server and makes what the path names; Jazzer calls it once. */
  public static void fuzzerInitialize() throws IOException, InterruptedException {
    Thread.ofPlatform()
        .daemon()
        .start(() -> dev.licet.Main.main(new String[] {"serve", "--log-level", "warn"}));
    awaitReady();
    send("POST", "/api/v1/plans", "application/json", utf8("{\"name\":\"fuzzed\"}"));
    String license =
        made("licenses", "{\"plan\":\"starter\",\"customer_email\":\"ada@example.com\"}");
    String shop =
        made(
            "checkout-connections",
            """
            {"provider":"stripe","name":"fuzzed","signing_secret":"whsec_fuzzedfuzzedfuzzedfuzzed",
             "mapping":[{"id":"price","plan":"starter"}]}
            """);
    path =
        path.replace("{id}", license).replace("{connection_id}", shop).replace("{name}", "fuzzed");
  }

  /** Makes something; its id. */
  private static String made(String what, String body) throws IOException, InterruptedException {
    String created = send("POST", "/api/v1/" + what, "application/json", utf8(body)).body();
    Matcher id = ID.matcher(created);
    if (!id.find()) {
      throw new IOException("nothing made of " + what + ": " + created);
    }
    return id.group(1);
  }

  /** One body. */
  public static void fuzzerTestOneInput(byte[] body) throws IOException, InterruptedException {
    HttpResponse<String> response = send(METHOD, path, CONTENT_TYPE, body);
    if (response.statusCode() >= 500) {
      throw new IllegalStateException(response.statusCode() + " " + response.body());
    }
    if (++inputs % HEAP_CHECK_EACH == 0) {
      checkHeap();
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void checkHeap() {
    System.gc();
    long used = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    if (inputs <= 2 * HEAP_CHECK_EACH) {
      firstHeap = used;
    } else if (used > firstHeap + HEAP_GROWTH_BYTES) {
      throw new IllegalStateException("the heap grew from " + firstHeap + " to " + used);
    }
  }

  private static void awaitReady() throws IOException, InterruptedException {
    long start = System.nanoTime();
    while (true) {
      try {
        if (send("GET", "/health/ready", "text/plain", new byte[0]).statusCode() == 200) {
          return;
        }
      } catch (IOException e) {
        if (System.nanoTime() - start > START.toNanos()) {
          throw e;
        }
      }
      Thread.sleep(50);
    }
  }

  private static HttpResponse<String> send(
      String method, String to, String contentType, byte[] body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(BASE.resolve(to))
            .method(method, BodyPublishers.ofByteArray(body))
            .header("Authorization", "Bearer " + LicetServer.API_KEY)
            .header("Content-Type", contentType)
            .timeout(PATIENCE)
            .build();
    return HTTP.send(request, BodyHandlers.ofString());
  }
}
