package dev.licet.bench;

import dev.licet.bench.WebhookReceiver.Fault;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Two nodes on one PostgreSQL, killed and started again at random while 32 clients change licenses:
 * the receiver has every event, and events and audit log tell the same story.
 */
final class WebhookOrder {
  private static final int NODES = 2;
  private static final int LEAST_MILLIS = 1_500;
  private static final int MOST_MILLIS = 4_000;
  private static final long PATIENCE_SECONDS = 180;

  private final Path root;
  private final Path folder;
  private final int changes;
  private final SplittableRandom random;
  private final AtomicReferenceArray<Api> apis = new AtomicReferenceArray<>(NODES);
  private final ServerProcess[] nodes = new ServerProcess[NODES];
  private final AtomicInteger kills = new AtomicInteger();
  private final List<String> violations = new ArrayList<>();
  private volatile boolean done;

  WebhookOrder(Path root, Path folder, int changes, long seed) {
    this.root = root;
    this.folder = folder;
    this.changes = changes;
    this.random = new SplittableRandom(seed);
  }

  /** Runs it, prints a line, and answers what went wrong. */
  List<String> run() throws IOException, InterruptedException, SQLException {
    try (BenchPostgres postgres = BenchPostgres.start(folder.resolve("postgres"));
        WebhookReceiver receiver = WebhookReceiver.start(Fault.NONE)) {
      try {
        for (int node = 0; node < NODES; node++) {
          start(node, postgres);
        }
        run(postgres, receiver);
      } finally {
        for (ServerProcess node : nodes) {
          if (node != null) {
            node.close();
          }
        }
      }
    }
    return violations;
  }

  private void run(BenchPostgres postgres, WebhookReceiver receiver)
      throws IOException, InterruptedException {
    receiver.register(apis.get(0));
    LicenseClients clients = new LicenseClients(number -> apis.get(number % NODES));
    clients.createLicenses();
    long start = System.nanoTime();
    Thread killer = Thread.ofVirtual().start(() -> killNodes(postgres));
    clients.change(changes);
    done = true;
    killer.join();
    long changed = System.nanoTime();
    EventLog log = EventLog.read(apis.get(0));
    if (!receiver.awaits(EventLog.ids(apis.get(0)), PATIENCE_SECONDS)) {
      violations.add("events are missing after " + PATIENCE_SECONDS + " s");
    }
    violations.addAll(clients.contradictions(log));
    violations.addAll(log.contradictions());
    System.out.printf(
        "%d changes acknowledged by %d nodes in %.1f s with %d kills, %d tries in doubt; %d events,"
            + " %d rows of the audit log, %d events at the receiver, the last of them %.1f s later,"
            + " %d repeats dropped, %d forged%n",
        clients.acknowledged(),
        NODES,
        (changed - start) / 1e9,
        kills.get(),
        clients.doubts(),
        log.events().size(),
        log.audit().size(),
        receiver.received().size(),
        (System.nanoTime() - changed) / 1e9,
        receiver.repeats(),
        receiver.forged());
  }

  private void start(int node, BenchPostgres postgres) throws IOException, InterruptedException {
    nodes[node] =
        new LicetServer(
                root,
                folder.resolve("node-" + node),
                postgres.jdbcUrl(),
                root.resolve("bench/target/logs/faults-node-" + node + ".log"))
            .with("LICET_WEBHOOK_ALLOW_LOOPBACK", "true")
            .with("LICET_WEBHOOK_TIMEOUT", "PT5S")
            .start();
    apis.set(node, new Api(nodes[node].base(), LicetServer.API_KEY));
  }

  private void killNodes(BenchPostgres postgres) {
    try {
      while (!done) {
        Thread.sleep(random.nextInt(LEAST_MILLIS, MOST_MILLIS));
        if (!done) {
          int node = random.nextInt(NODES);
          nodes[node].kill9();
          kills.incrementAndGet();
          start(node, postgres);
        }
      }
    } catch (IOException e) {
      violations.add("a node did not start again: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
