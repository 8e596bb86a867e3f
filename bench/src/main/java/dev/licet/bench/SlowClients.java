package dev.licet.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * {@code bench/slow-clients}: what other clients wait for while {@code slowhttptest} holds
 * connections to the same server; exit code 1 when their p99 is more than twice the normal one.
 *
 * <p>Command line: {@code SlowClients [SECONDS] [CONNECTIONS]}.
 */
final class SlowClients {
  private static final int LICENSES = 50;
  private static final double PER_SECOND = 200;

  /** Below this a p99 says more of the machine than of the server. */
  private static final double LEAST_MILLIS = 5;

  private static final String SCRIPT = "/docs/redoc.standalone.js";

  private final Duration duration;
  private final String connections;
  private final Path root = Path.of("").toAbsolutePath();
  private final Path folder = root.resolve("bench/target/data/slow-clients");

  private SlowClients(Duration duration, String connections) {
    this.duration = duration;
    this.connections = connections;
  }

  public static void main(String[] arguments) throws Exception {
    int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 20;
    String connections = arguments.length > 1 ? arguments[1] : "1000";
    boolean passed = new SlowClients(Duration.ofSeconds(seconds), connections).run();
    System.out.println(passed ? "Passed." : "Failed.");
    System.exit(passed ? 0 : 1);
  }

  /** The ways of being slow, by name: what slowhttptest is told. */
  private static Map<String, List<String>> modes(String base) {
    Map<String, List<String>> modes = new TreeMap<>();
    modes.put("slow headers", List.of("-H", "-i", "1", "-u", base + "/health/live"));
    modes.put(
        "slow body",
        List.of(
            "-B",
            "-i",
            "1",
            "-s",
            "8192",
            "-x",
            "10",
            "-t",
            "POST",
            "-f",
            "application/json",
            "-u",
            base + "/api/v1/validate"));
    modes.put(
        "slow read",
        List.of(
            "-X", "-w", "1", "-y", "16", "-n", "1", "-z", "32", "-k", "3", "-u", base + SCRIPT));
    modes.put("ranges", List.of("-R", "-t", "HEAD", "-a", "10", "-b", "3000", "-u", base + SCRIPT));
    return modes;
  }

  private boolean run() throws IOException, InterruptedException {
    Bench.delete(folder);
    Files.createDirectories(folder);
    Path log = folder.resolve("server.log");
    boolean passed = true;
    try (ServerProcess server = new LicetServer(root, folder.resolve("data"), null, log).start()) {
      ConstantRate others = new ConstantRate(server.base(), licenses(server));
      others.run(PER_SECOND, duration); // warms up
      double normal = others.run(PER_SECOND, duration).millis(99);
      double most = 2 * Math.max(normal, LEAST_MILLIS);
      System.out.printf("%-14s p99 %8.2f ms%n", "nobody else", normal);
      for (Map.Entry<String, List<String>> mode : modes(server.base().toString()).entrySet()) {
        Process slow = start(mode.getValue());
        Thread.sleep(2_000);
        ConstantRate.Result result = others.run(PER_SECOND, duration);
        stop(slow);
        boolean good = result.millis(99) <= most && result.bad() == 0 && result.unanswered() == 0;
        System.out.printf(
            "%-14s p99 %8.2f ms  bad %d  unanswered %d  %s%n",
            mode.getKey(),
            result.millis(99),
            result.bad(),
            result.unanswered(),
            good ? "" : "TOO SLOW");
        passed &= good;
      }
    }
    return passed;
  }

  private static List<KnownKey> licenses(ServerProcess server)
      throws IOException, InterruptedException {
    Api api = new Api(server.base(), LicetServer.API_KEY);
    List<KnownKey> keys = new ArrayList<>();
    for (int i = 0; i < LICENSES; i++) {
      JsonNode license =
          api.createLicense(
              Api.object().put("plan", "enterprise").put("customer_email", "slow@example.com"));
      String domain = "d" + i + ".example.com";
      api.validate(license.path("key").asText(), domain, null);
      keys.add(new KnownKey(license.path("key").asText(), domain));
    }
    return keys;
  }

  private Process start(List<String> mode) throws IOException {
    List<String> command =
        new ArrayList<>(List.of("slowhttptest", "-c", connections, "-r", "200", "-p", "3"));
    command.addAll(List.of("-l", Long.toString(duration.toSeconds() + 10)));
    command.addAll(mode);
    return Children.watch(
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(folder.resolve("slowhttptest.log").toFile()))
            .start());
  }

  private static void stop(Process slow) throws InterruptedException {
    slow.destroy();
    if (!slow.waitFor(5, TimeUnit.SECONDS)) {
      slow.destroyForcibly();
    }
  }
}
