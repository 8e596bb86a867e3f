package dev.licet.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code bench/webhooks}: how many events a second reach a receiver on this machine, how long each
 * is on its way at a steady rate, and what ten dead receivers of the same events do to that.
 */
@Command(
    name = "bench/webhooks",
    mixinStandardHelpOptions = true,
    description = "Delivers events to a receiver on this machine and prints rates and times.")
final class WebhookBench implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final double ALLOWED = 1.5;
  private static final int DEAD = 10;

  @Option(names = "--events", description = "to be delivered at once; default ${DEFAULT-VALUE}")
  private int events = 10_000;

  @Option(names = "--rate", description = "events a second; default ${DEFAULT-VALUE}")
  private int rate = 100;

  @Option(names = "--seconds", description = "at that rate; default ${DEFAULT-VALUE}")
  private int seconds = 15;

  @Option(names = "--only", split = ",", description = "sqlite, postgres; both by default")
  private List<String> only = List.of("sqlite", "postgres");

  private final Path root = Path.of("").toAbsolutePath();

  public static void main(String[] arguments) {
    Commands.run(new WebhookBench(), arguments);
  }

  @Override
  public Integer call() throws IOException, InterruptedException, SQLException {
    boolean passed = true;
    for (String database : only) {
      Path folder = root.resolve("bench/target/data/webhooks-" + database);
      Bench.delete(folder);
      Files.createDirectories(folder);
      passed &=
          switch (database) {
            case "sqlite" -> onSqlite(folder);
            case "postgres" -> onPostgres(folder);
            default -> throw new IOException("No database " + database + ": sqlite or postgres");
          };
    }
    return passed ? 0 : 1;
  }

  private boolean onSqlite(Path folder) throws IOException, InterruptedException {
    try (ServerProcess server =
        server(new LicetServer(root, folder, null, log("sqlite"))).start()) {
      return run("SQLite", server);
    }
  }

  private boolean onPostgres(Path folder) throws IOException, InterruptedException, SQLException {
    try (BenchPostgres postgres = BenchPostgres.start(folder.resolve("postgres"));
        ServerProcess server =
            server(
                    new LicetServer(
                        root, folder.resolve("licet"), postgres.jdbcUrl(), log("postgres")))
                .start()) {
      return run("PostgreSQL", server);
    }
  }

  private static LicetServer server(LicetServer licet) {
    return licet.with("LICET_WEBHOOK_ALLOW_LOOPBACK", "true");
  }

  private boolean run(String database, ServerProcess server)
      throws IOException, InterruptedException {
    Api api = new Api(server.base(), LicetServer.API_KEY);
    Instant start = Instant.now();
    create(api, events, 0);
    atOnce(database, api, start);
    atRate(api, List.of()); // warms everything up
    Histogram alone = atRate(api, List.of());
    Histogram beside = besideTheDead(api);
    double ratio = (double) p99(beside) / p99(alone);
    boolean passed = ratio <= ALLOWED;
    System.out.printf(
        "%s: at %d events/s, from an event's time to its arrival: median %d ms, 99%% %d ms, longest"
            + " %d ms; beside %d dead receivers: median %d ms, 99%% %d ms, longest %d ms;"
            + " 99%% %.2f times%s%n",
        database,
        rate,
        alone.getValueAtPercentile(50),
        p99(alone),
        alone.getMaxValue(),
        DEAD,
        beside.getValueAtPercentile(50),
        p99(beside),
        beside.getMaxValue(),
        ratio,
        passed ? "" : "  VIOLATION: more than " + ALLOWED);
    return passed;
  }

  private static long p99(Histogram histogram) {
    return Math.max(1, histogram.getValueAtPercentile(99));
  }

  /** Sends all that happened so far to a new webhook. */
  private void atOnce(String database, Api api, Instant start)
      throws IOException, InterruptedException {
    try (HookReceiver receiver = new HookReceiver()) {
      String hook = hook(api, receiver.url());
      ObjectNode replay =
          Api.object().put("since", start.minusSeconds(5).toString()).put("deliveries", "all");
      Api.Answer begun = api.post("webhooks/" + hook + "/replay", replay);
      if (begun.status() != 202) {
        throw new IOException("The replay was not begun: " + begun.body());
      }
      await(receiver, events);
      System.out.printf(
          "%s: %,d events to one receiver: %,.0f/s, %d came twice%n",
          database,
          receiver.count(),
          receiver.count() / (receiver.span().toMillis() / 1e3),
          receiver.repeats());
      api.delete("webhooks/" + hook);
    }
  }

  /** Half of them refuse connections, half take them and say nothing. */
  private Histogram besideTheDead(Api api) throws IOException, InterruptedException {
    List<String> urls = new ArrayList<>();
    List<ServerSocket> silent = new ArrayList<>();
    try {
      for (int i = 0; i < DEAD / 2; i++) {
        ServerSocket socket = HookReceiver.silent();
        silent.add(socket);
        urls.add("http://127.0.0.1:" + socket.getLocalPort() + "/hook");
        urls.add(HookReceiver.refusing());
      }
      return atRate(api, urls);
    } finally {
      for (ServerSocket socket : silent) {
        socket.close();
      }
    }
  }

  /** Milliseconds from each event's time to its arrival, at a steady rate. */
  private Histogram atRate(Api api, List<String> dead) throws IOException, InterruptedException {
    List<String> hooks = new ArrayList<>();
    try (HookReceiver receiver = new HookReceiver()) {
      for (String url : dead) {
        hooks.add(hook(api, url));
      }
      hooks.add(hook(api, receiver.url()));
      int count = rate * seconds;
      create(api, count, rate);
      await(receiver, count);
      Histogram delays = new Histogram(3);
      receiver.delays().forEach(delay -> delays.recordValue(Math.max(0, delay.toMillis())));
      return delays;
    } finally {
      for (String hook : hooks) {
        api.delete("webhooks/" + hook);
      }
    }
  }

  private static String hook(Api api, String url) throws IOException, InterruptedException {
    ObjectNode webhook = Api.object().put("url", url);
    webhook.putArray("events").add("license.created");
    return api.create("webhooks", webhook).path("id").asText();
  }

  private static void await(HookReceiver receiver, int count)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (receiver.count() < count) {
      if (System.nanoTime() > deadline) {
        throw new IOException("Only " + receiver.count() + " of " + count + " events came");
      }
      Thread.sleep(5);
    }
  }

  /**
   * Creates licenses, each of which is an event.
   *
   * @param perSecond how fast, whatever the answers take; 0: as fast as eight clients can
   */
  private static void create(Api api, int count, int perSecond)
      throws IOException, InterruptedException {
    AtomicInteger failed = new AtomicInteger();
    try (ExecutorService clients =
        perSecond == 0
            ? Executors.newFixedThreadPool(8)
            : Executors.newVirtualThreadPerTaskExecutor()) {
      long start = System.nanoTime();
      for (int i = 0; i < count; i++) {
        if (perSecond > 0) {
          long at = start + i * 1_000_000_000L / perSecond;
          while (System.nanoTime() < at) {
            LockSupport.parkNanos(at - System.nanoTime());
          }
        }
        clients.execute(() -> {
          try {
            api.createLicense(
                Api.object().put("plan", "starter").put("customer_email", "hook@example.com"));
          } catch (IOException | InterruptedException e) {
            failed.incrementAndGet();
          }
        });
      }
    }
    if (failed.get() > 0) {
      throw new IOException(failed.get() + " licenses were not created");
    }
  }

  private Path log(String name) {
    return root.resolve("bench/target/logs/webhooks-" + name + ".log");
  }
}
