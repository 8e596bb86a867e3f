package dev.licet.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/**
 * Clients that change licenses, each its own one, until enough changes are acknowledged or somebody
 * stops them. Every change gives a license a new name, and each client remembers which of them were
 * acknowledged.
 */
final class LicenseClients {
  private static final int CLIENTS = 32;
  private static final long END_SECONDS = 60;

  private final IntFunction<Api> servers;
  private final List<Owned> licenses = new ArrayList<>();
  private final Queue<String> surprises = new ConcurrentLinkedQueue<>();
  private final AtomicInteger left = new AtomicInteger();
  private final AtomicInteger doubts = new AtomicInteger();
  private final AtomicInteger numbers = new AtomicInteger();
  private volatile boolean stopped;

  /**
   * A license that one client changes.
   *
   * @param place among all of them
   * @param acknowledged the names that the server says it has got, in order
   * @param inDoubt the names of which nothing is known
   */
  private record Owned(int place, String id, List<String> acknowledged, Set<String> inDoubt) {}

  /**
   * @param servers the server for a try: the next number after a try that got no answer
   */
  LicenseClients(IntFunction<Api> servers) {
    this.servers = servers;
  }

  void createLicenses() throws IOException, InterruptedException {
    for (int i = 0; i < CLIENTS; i++) {
      ObjectNode license =
          Api.object().put("plan", "starter").put("customer_email", "a@example.com");
      String id = servers.apply(0).createLicense(license).path("id").asText();
      licenses.add(new Owned(i, id, new ArrayList<>(), new HashSet<>()));
    }
  }

  /** Makes changes, and returns when they are made; or earlier, when {@link #stop} is called. */
  void change(int changes) {
    left.set(changes);
    stopped = false;
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      licenses.forEach(license -> clients.execute(() -> change(license)));
    }
  }

  /** Makes the clients end soon. */
  void stop() {
    stopped = true;
  }

  private void change(Owned license) {
    int server = license.place();
    long lastAnswer = System.nanoTime();
    while (!stopped && left.getAndDecrement() > 0) {
      String name = "n" + numbers.incrementAndGet();
      try {
        ObjectNode change = Api.object().put("customer_name", name);
        Api.Answer answer = servers.apply(server).patch("licenses/" + license.id(), change);
        lastAnswer = System.nanoTime();
        if (answer.status() == 200) {
          license.acknowledged().add(name);
        } else {
          left.incrementAndGet();
          doubt(license, name);
          surprises.add("a change was answered with " + answer.status());
        }
      } catch (IOException noAnswer) {
        left.incrementAndGet();
        doubt(license, name);
        server++;
        if (System.nanoTime() - lastAnswer > TimeUnit.SECONDS.toNanos(END_SECONDS)) {
          surprises.add("no server answers for a minute");
          return;
        }
        pause();
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void doubt(Owned license, String name) {
    license.inDoubt().add(name);
    doubts.incrementAndGet();
  }

  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  int acknowledged() {
    return licenses.stream().mapToInt(license -> license.acknowledged().size()).sum();
  }

  int doubts() {
    return doubts.get();
  }

  /** Where the events contradict what the clients were told. */
  List<String> contradictions(EventLog log) {
    List<String> found = new ArrayList<>(surprises);
    for (Owned license : licenses) {
      List<String> told = new ArrayList<>(log.names(license.id()));
      if (new HashSet<>(told).size() != told.size()) {
        found.add(license.id() + " has two events for a change");
      }
      told.removeAll(license.inDoubt());
      if (!told.equals(license.acknowledged())) {
        found.add(license.id() + " has other events, or in another order, than it has changes");
      }
    }
    return found;
  }
}
