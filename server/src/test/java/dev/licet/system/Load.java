package dev.licet.system;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.Reply;
import dev.licet.TestClient;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Clients that validate some licences over and over, and count what they were told. */
final class Load implements AutoCloseable {
  private static final int CLIENTS = 16;

  private final TestClient api;
  private final List<Target> targets = new ArrayList<>();
  private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
  private volatile boolean stopped;

  /** A licence with how often it was asked for, and how often that was acknowledged. */
  private record Target(Reply license, AtomicInteger asked, AtomicInteger acknowledged) {}

  Load(TestClient api, int licenses) {
    this.api = api;
    for (int i = 0; i < licenses; i++) {
      targets.add(new Target(api.create("enterprise"), new AtomicInteger(), new AtomicInteger()));
    }
    for (int i = 0; i < CLIENTS; i++) {
      int client = i;
      clients.execute(() -> run(client));
    }
  }

  private void run(int client) {
    for (int i = client; !stopped; i++) {
      Target target = targets.get(i % targets.size());
      target.asked.incrementAndGet();
      try {
        String key = target.license.text("/key");
        Reply reply = api.validate(key, "domain", "d" + i % 3 + ".example");
        if (reply.status() == 200) {
          target.acknowledged.incrementAndGet();
        }
      } catch (UncheckedIOException e) {
        return; // the server is gone
      }
    }
  }

  /** Waits until so many validations were acknowledged. */
  void awaitAcknowledged(int count) throws InterruptedException {
    long deadline = System.nanoTime() + 60_000_000_000L;
    while (acknowledged() < count && System.nanoTime() < deadline) {
      Thread.sleep(5);
    }
    assertTrue(acknowledged() >= count, "only " + acknowledged());
  }

  int acknowledged() {
    return targets.stream().mapToInt(target -> target.acknowledged.get()).sum();
  }

  /** Fails unless a server has every acknowledged validation, and none that nobody asked for. */
  void assertAllCounted(TestClient now) {
    for (Target target : targets) {
      String path = "/api/v1/licenses/" + target.license.text("/id");
      int counted = now.get(path).expect(200).number("/validation_count");
      int acknowledged = target.acknowledged.get();
      assertTrue(
          counted >= acknowledged && counted <= target.asked.get(),
          () -> acknowledged + " acknowledged, " + counted + " counted, asked " + target.asked);
      Reply usage = now.get(path + "/usage?limit=1").expect(200);
      assertTrue(usage.number("/summary/total") == counted, usage::text);
      Reply seats = now.get(path + "/activations").expect(200);
      int seen = 0;
      for (var seat : seats.at("/data")) {
        seen += seat.get("validation_count").intValue();
      }
      assertTrue(seen == counted, seats::text);
    }
  }

  /** Lets the clients finish. */
  void stop() {
    stopped = true;
    clients.close();
  }

  @Override
  public void close() {
    stop();
  }
}
