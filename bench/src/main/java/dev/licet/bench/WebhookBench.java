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
import org.HdrHistogram.ConcurrentHistogram;
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

  /** The two are measured in turn, so that what the machine does meanwhile meets both. */
  private static final int ROUNDS = 2;

  @Option(names = "--events", description = "to be delivered at once; default ${DEFAULT-VALUE}")
  private int events = 10_000;

  @Option(names = "--rate", description = "events a second; default ${DEFAULT-VALUE}")
  private int rate = 100;

  @Option(names = "--seconds", description = "at that rate; default ${DEFAULT-VALUE}")
  private int seconds = 15;

  @Option(names = "--only", split = ",", description = "sqlite, postgres; both by default")
  private List<String> only = List.of("sqlite", "postgres");

  @Option(
      names = "--waiting",
      description =
          "instead of all that: what so many events that wait do to the memory of a server on"
              + " SQLite, and to new events")
  private int waiting;

  private final Path root = Path.of("").toAbsolutePath();

  public static void main(String[] arguments) {
    // Or the receiver's answers wait for acknowledgements of TCP, 40 ms each.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    Commands.run(new WebhookBench(), arguments);
  }

  /**
   * Milliseconds.
   *
   * @param answers from a call that makes an event happen to its answer, when it is committed
   * @param arrivals from the time that the event has, before the commit, to its arrival
   */
  private record Times(Histogram answers, Histogram arrivals) {
    static Times none() {
      return new Times(new Histogram(3), new Histogram(3));
    }

    void add(Times others) {
      answers.add(others.answers);
      arrivals.add(others.arrivals);
    }

    long p99() {
      return Math.max(1, arrivals.getValueAtPercentile(99));
    }

    @Override
    public String toString() {
      return "from an event's time to its arrival: %s; to the answer of who made it: %s"
          .formatted(text(arrivals), text(answers));
    }

    private static String text(Histogram times) {
      return "median %d ms, 99%% %d ms, longest %d ms"
          .formatted(
              times.getValueAtPercentile(50), times.getValueAtPercentile(99), times.getMaxValue());
    }
  }

  @Override
  public Integer call() throws IOException, InterruptedException, SQLException {
    boolean passed = true;
    if (waiting > 0) {
      Path folder = root.resolve("bench/target/data/webhooks-waiting");
      Bench.delete(folder);
      Files.createDirectories(folder);
      return new WebhookBacklog(root, folder, waiting).run() ? 0 : 1;
    }
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
    atRate(api, List.of()); // what comes first is slower
    besideTheDead(api);
    Times alone = Times.none();
    Times beside = Times.none();
    for (int round = 0; round < ROUNDS; round++) {
      alone.add(atRate(api, List.of()));
      beside.add(besideTheDead(api));
    }
    double ratio = (double) beside.p99() / alone.p99();
    boolean passed = ratio <= ALLOWED;
    System.out.printf("%s, %d events/s: %s%n", database, rate, alone);
    System.out.printf("%s, beside %d dead receivers: %s%n", database, DEAD, beside);
    System.out.printf(
        "%s: 99%% is %.2f times what it is without them%s%n",
        database, ratio, passed ? "" : "  VIOLATION: more than " + ALLOWED);
    atOnce(database, api, start);
    return passed;
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
      await(receiver, events + 2 * (1 + ROUNDS) * rate * seconds);
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
  private Times besideTheDead(Api api) throws IOException, InterruptedException {
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

  /** How long it took that events happened and arrived, at a steady rate. */
  private Times atRate(Api api, List<String> dead) throws IOException, InterruptedException {
    List<String> hooks = new ArrayList<>();
    try (HookReceiver receiver = new HookReceiver()) {
      for (String url : dead) {
        hooks.add(hook(api, url));
      }
      hooks.add(hook(api, receiver.url()));
      int count = rate * seconds;
      Histogram answers = create(api, count, rate);
      await(receiver, count);
      Histogram arrivals = new Histogram(3);
      receiver.delays().forEach(delay -> arrivals.recordValue(Math.max(0, delay.toMillis())));
      return new Times(answers, arrivals);
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
   * @return milliseconds from each request to its answer
   */
  private static Histogram create(Api api, int count, int perSecond)
      throws IOException, InterruptedException {
    Histogram took = new ConcurrentHistogram(3);
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
          long begin = System.nanoTime();
          try {
            api.createLicense(
                Api.object().put("plan", "starter").put("customer_email", "hook@example.com"));
            took.recordValue(ServerProcess.since(begin).toMillis());
          } catch (IOException | InterruptedException e) {
            failed.incrementAndGet();
          }
        });
      }
    }
    if (failed.get() > 0) {
      throw new IOException(failed.get() + " licenses were not created");
    }
    return took;
  }

  private Path log(String name) {
    return root.resolve("bench/target/logs/webhooks-" + name + ".log");
  }
}
