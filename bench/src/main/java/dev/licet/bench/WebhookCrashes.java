package dev.licet.bench;

import dev.licet.bench.WebhookReceiver.Fault;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A server that is killed while licenses change and a receiver takes its time: between a commit and
 * its delivery, and in the middle of deliveries. Started again, it delivers every event.
 */
final class WebhookCrashes {
  private static final int LEAST_MILLIS = 300;
  private static final int MOST_MILLIS = 1_500;
  private static final long PATIENCE_SECONDS = 120;

  private final Path root;
  private final Path folder;
  private final int rounds;
  private final SplittableRandom random;
  private final List<String> violations = new ArrayList<>();

  WebhookCrashes(Path root, Path folder, int rounds, long seed) {
    this.root = root;
    this.folder = folder;
    this.rounds = rounds;
    this.random = new SplittableRandom(seed);
  }

  /** Runs it, prints a line, and answers what went wrong. */
  List<String> run() throws IOException, InterruptedException {
    LicetServer licet =
        new LicetServer(
                root,
                folder.resolve("licet"),
                null,
                root.resolve("bench/target/logs/faults-crashes.log"))
            .with("LICET_WEBHOOK_ALLOW_LOOPBACK", "true")
            .with("LICET_WEBHOOK_TIMEOUT", "PT5S");
    ServerProcess server = licet.start();
    AtomicReference<Api> api = new AtomicReference<>(api(server));
    LicenseClients clients = new LicenseClients(number -> api.get());
    int undelivered = 0;
    try (WebhookReceiver receiver = WebhookReceiver.start(Fault.HOLD)) {
      receiver.register(api.get());
      clients.createLicenses();
      for (int round = 0; round < rounds; round++) {
        Thread load = Thread.ofVirtual().start(() -> clients.change(Integer.MAX_VALUE));
        Thread.sleep(random.nextInt(LEAST_MILLIS, MOST_MILLIS));
        server.kill9();
        clients.stop();
        load.join();
        Set<String> before = new HashSet<>(receiver.received());
        server = licet.start();
        api.set(api(server));
        undelivered += await(api.get(), receiver, before);
      }
      EventLog log = EventLog.read(api.get());
      violations.addAll(clients.contradictions(log));
      violations.addAll(log.contradictions());
      System.out.printf(
          "%d kills: %d changes acknowledged, %d in doubt, %d events, %d of them not yet delivered"
              + " at a kill, %d repeats dropped, %d forged%n",
          rounds,
          clients.acknowledged(),
          clients.doubts(),
          log.events().size(),
          undelivered,
          receiver.repeats(),
          receiver.forged());
    } finally {
      server.close();
    }
    return violations;
  }

  /** Waits for all events; answers how many were not there before. */
  private int await(Api api, WebhookReceiver receiver, Set<String> before)
      throws IOException, InterruptedException {
    Set<String> ids = EventLog.ids(api);
    if (!receiver.awaits(ids, PATIENCE_SECONDS)) {
      violations.add("events are missing after " + PATIENCE_SECONDS + " s");
    }
    ids.removeAll(before);
    return ids.size();
  }

  private static Api api(ServerProcess server) {
    return new Api(server.base(), LicetServer.API_KEY);
  }
}
