package dev.licet.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code bench/import}: imports many licenses in one request, on SQLite and on PostgreSQL, with a
 * small heap, while one client validates; then the same file again; then exports all.
 */
@Command(
    name = "bench/import",
    mixinStandardHelpOptions = true,
    description = "Imports many licenses in one request and prints seconds and memory.")
final class ImportBench implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofMinutes(30);
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double MILLIS_PER_SECOND = 1e3;

  @Option(names = "--licenses", description = "default ${DEFAULT-VALUE}")
  private int licenses = 100_000;

  @Option(
      names = "--heap",
      description = "the server's, as -Xmx takes it; default ${DEFAULT-VALUE}")
  private String heap = "256m";

  @Option(names = "--only", split = ",", description = "sqlite, postgres; both by default")
  private List<String> only = List.of("sqlite", "postgres");

  private final Path root = Path.of("").toAbsolutePath();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  public static void main(String[] arguments) {
    Commands.run(new ImportBench(), arguments);
  }

  /** What one request came to. */
  private record Took(Duration time, JsonNode summary) {}

  @Override
  public Integer call() throws IOException, InterruptedException, SQLException {
    Path file = file();
    boolean passed = true;
    for (String database : only) {
      Path folder = root.resolve("bench/target/data/import-" + database);
      Bench.delete(folder);
      Files.createDirectories(folder);
      passed &=
          switch (database) {
            case "sqlite" -> onSqlite(folder, file);
            case "postgres" -> onPostgres(folder, file);
            default -> throw new IOException("No database " + database + ": sqlite or postgres");
          };
    }
    return passed ? 0 : 1;
  }

  private boolean onSqlite(Path folder, Path file) throws IOException, InterruptedException {
    LicetServer licet = server(new LicetServer(root, folder, null, log("sqlite")));
    try (ServerProcess server = licet.start()) {
      return run("SQLite", server, file);
    }
  }

  private boolean onPostgres(Path folder, Path file)
      throws IOException, InterruptedException, SQLException {
    try (BenchPostgres postgres = BenchPostgres.start(folder.resolve("postgres"));
        ServerProcess server =
            server(
                    new LicetServer(
                        root, folder.resolve("licet"), postgres.jdbcUrl(), log("postgres")))
                .start()) {
      return run("PostgreSQL", server, file);
    }
  }

  private LicetServer server(LicetServer licet) {
    return licet.with("LICET_JAVA_OPTS", "-Xmx" + heap);
  }

  private boolean run(String database, ServerProcess server, Path file)
      throws IOException, InterruptedException {
    Api api = new Api(server.base(), LicetServer.API_KEY);
    ObjectNode wanted =
        Api.object().put("plan", "professional").put("customer_email", "busy@example.com");
    String key = api.createLicense(wanted).path("key").asText();
    Histogram waits = new Histogram(3);
    AtomicBoolean stop = new AtomicBoolean();
    Thread validating = Thread.ofVirtual().start(() -> validate(api, key, waits, stop));
    Took first = send(server.base(), file);
    stop.set(true);
    validating.join();
    Took again = send(server.base(), file);
    long exported = export(server.base());
    System.out.printf(
        "%s, -Xmx%s: %,d licenses (%.1f MB) in one request: %.1f s, %,.0f/s; resident at most %,d"
            + " MiB; validations meanwhile: %,d, median %.1f ms, 99%% %.1f ms, longest %.1f ms;"
            + " the same file again: %.1f s; export: %.1f s%n",
        database,
        heap,
        licenses,
        Files.size(file) / 1e6,
        seconds(first.time()),
        licenses / seconds(first.time()),
        server.peakMebibytes(),
        waits.getTotalCount(),
        waits.getValueAtPercentile(50) / NANOS_PER_MILLI,
        waits.getValueAtPercentile(99) / NANOS_PER_MILLI,
        waits.getMaxValue() / NANOS_PER_MILLI,
        seconds(again.time()),
        exported / MILLIS_PER_SECOND);
    return is(first, "created") && is(again, "exists");
  }

  private boolean is(Took took, String outcome) {
    boolean all =
        took.summary().path("done").asBoolean() && took.summary().path(outcome).asInt() == licenses;
    if (!all) {
      System.out.println("  VIOLATION: not all " + outcome + ": " + took.summary());
    }
    return all;
  }

  private Took send(URI base, Path file) throws IOException, InterruptedException {
    HttpRequest request =
        request(base, "import")
            .header("Content-Type", "application/x-ndjson")
            .POST(BodyPublishers.ofFile(file))
            .build();
    long start = System.nanoTime();
    String last = "{}";
    try (Stream<String> lines = http.send(request, BodyHandlers.ofLines()).body()) {
      last = lines.reduce(last, (before, line) -> line);
    }
    return new Took(ServerProcess.since(start), JSON.readTree(last));
  }

  /** Milliseconds that an export of everything takes. */
  private long export(URI base) throws IOException, InterruptedException {
    long start = System.nanoTime();
    HttpRequest request = request(base, "export").build();
    try (Stream<String> lines = http.send(request, BodyHandlers.ofLines()).body()) {
      long count = lines.count();
      if (count != licenses + 1L) {
        throw new IOException("The export has " + count + " lines");
      }
    }
    return ServerProcess.since(start).toMillis();
  }

  private static HttpRequest.Builder request(URI base, String path) {
    return HttpRequest.newBuilder(base.resolve("/api/v1/licenses/" + path))
        .header("Authorization", "Bearer " + LicetServer.API_KEY)
        .timeout(PATIENCE);
  }

  /** Validates all the time, as an application would that hopes for no import. */
  private static void validate(Api api, String key, Histogram waits, AtomicBoolean stop) {
    try {
      while (!stop.get()) {
        long start = System.nanoTime();
        if (!api.validate(key, "shop.example.com", null).isValid()) {
          throw new IllegalStateException("not valid");
        }
        waits.recordValue(System.nanoTime() - start);
        Thread.sleep(5);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Licenses with keys of their own, a domain each, and notes. */
  private Path file() throws IOException {
    Path file = root.resolve("bench/target/data/import-" + licenses + ".ndjson");
    Files.createDirectories(file.getParent());
    try (BufferedWriter lines = Files.newBufferedWriter(file)) {
      int number = 0;
      var keys = Keys.generate(licenses, Keys.SEED);
      for (KnownKey known : (Iterable<KnownKey>) keys::iterator) {
        number++;
        ObjectNode line =
            Api.object()
                .put("key", known.key())
                .put("plan", "professional")
                .put("customer_email", "customer" + number + "@example.com")
                .put("customer_name", "Customer No. " + number)
                .put("created_at", "2024-02-29T12:00:00Z")
                .put("expires_at", "2030-12-31T00:00:00Z");
        line.putArray("domains").add(known.domain());
        line.putObject("metadata").put("order", Integer.toString(number));
        lines.write(line.toString());
        lines.newLine();
      }
    }
    return file;
  }

  private static double seconds(Duration time) {
    return time.toMillis() / MILLIS_PER_SECOND;
  }

  private Path log(String name) {
    return root.resolve("bench/target/logs/import-" + name + ".log");
  }
}
