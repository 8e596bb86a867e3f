package dev.licet.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Clients that race for the last seats of licenses, over one or more servers on the same database.
 * One license after another is raced for by all clients at once; a client asks for a new domain, a
 * new device, or both.
 */
public final class SeatRace {
  private static final int LIMIT = 3;

  /** Counts of one server are exact on another after a second. */
  private static final Duration SETTLING = Duration.ofMillis(1500);

  private final List<Api> servers;
  private final int clients;

  /**
   * A race against servers that share one database.
   *
   * @param servers at least one base URL; client {@code i} speaks to server {@code i} modulo their
   *     number
   * @param apiKey for creating and reading the licenses
   * @param clients at least 2
   */
  public SeatRace(List<URI> servers, String apiKey, int clients) {
    this.servers = servers.stream().map(base -> new Api(base, apiKey)).toList();
    this.clients = clients;
  }

  /**
   * What came of it.
   *
   * @param licenses how many were raced for
   * @param granted validations that were valid
   * @param refused validations that found no seat free
   * @param violations one line each; empty when every limit was kept and every account adds up
   */
  public record Result(
      int licenses, long granted, long refused, Duration took, List<String> violations) {
    public boolean passed() {
      return violations.isEmpty();
    }
  }

  /**
   * Creates that many licenses of three domains and three devices, races for them, and checks every
   * one.
   */
  public Result run(int licenses) throws IOException, InterruptedException {
    long start = System.nanoTime();
    List<Contested> all = new ArrayList<>();
    for (int i = 0; i < licenses; i++) {
      all.add(create(i));
    }
    race(all);
    Thread.sleep(SETTLING);
    List<String> violations = new ArrayList<>();
    for (Contested license : all) {
      for (Api server : servers) {
        violations.addAll(license.contradictions(server.license(license.id)));
      }
      violations.addAll(holdersAreStillValid(license));
    }
    return new Result(
        licenses,
        all.stream().mapToLong(license -> license.granted.get()).sum(),
        all.stream().mapToLong(license -> license.refused.get()).sum(),
        ServerProcess.since(start),
        violations);
  }

  /** A license with one domain taken, so that two domains and three devices are left. */
  private Contested create(int number) throws IOException, InterruptedException {
    var license =
        Api.object()
            .put("plan", "professional")
            .put("customer_email", "race@example.com")
            .put("max_domains", LIMIT)
            .put("max_devices", LIMIT);
    String first = "first" + number + ".example.com";
    license.putArray("domains").add(first);
    JsonNode created = servers.getFirst().createLicense(license);
    return new Contested(created.path("id").asText(), created.path("key").asText(), first);
  }

  private void race(List<Contested> licenses) throws IOException, InterruptedException {
    CyclicBarrier line = new CyclicBarrier(clients);
    try (ExecutorService runners = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Void>> all = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        int client = i;
        all.add(() -> {
          for (Contested license : licenses) {
            line.await();
            license.attempt(servers.get(client % servers.size()), client);
          }
          return null;
        });
      }
      List<Future<Void>> runs = new ArrayList<>();
      all.forEach(one -> runs.add(runners.submit(one)));
      try {
        for (Future<Void> run : runs) {
          run.get();
        }
      } catch (ExecutionException failed) {
        runners.shutdownNow();
        throw new IOException("A client broke off", failed.getCause());
      }
    }
  }

  /** Whoever holds a seat is valid again, on every server. */
  private List<String> holdersAreStillValid(Contested license)
      throws IOException, InterruptedException {
    List<String> violations = new ArrayList<>();
    for (Api server : servers) {
      for (String domain : license.domains) {
        if (!server.validate(license.key, domain, null).isValid()) {
          violations.add(license.id + " refuses " + domain + ", which has a seat");
        }
      }
      for (String device : license.devices) {
        if (!server.validate(license.key, null, device).isValid()) {
          violations.add(license.id + " refuses " + device + ", which has a seat");
        }
      }
    }
    return violations;
  }

  /** One license, and what its clients were told. */
  private static final class Contested {
    private static final Set<String> FULL = Set.of("DOMAIN_LIMIT_REACHED", "DEVICE_LIMIT_REACHED");

    private final String id;
    private final String key;
    private final Set<String> domains = ConcurrentHashMap.newKeySet();
    private final Set<String> devices = ConcurrentHashMap.newKeySet();
    private final Set<String> surprises = ConcurrentHashMap.newKeySet();
    private final AtomicLong granted = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();

    Contested(String id, String key, String firstDomain) {
      this.id = id;
      this.key = key;
      domains.add(firstDomain);
    }

    void attempt(Api server, int client) throws IOException, InterruptedException {
      String domain = client % 3 == 1 ? null : "c" + client + ".example.org";
      String device = client % 3 == 0 ? null : "device-" + client;
      Api.Answer answer = server.validate(key, domain, device);
      if (answer.isValid()) {
        granted.incrementAndGet();
        add(domains, domain);
        add(devices, device);
      } else if (answer.status() == 200 && FULL.contains(answer.error())) {
        refused.incrementAndGet();
      } else {
        surprises.add(id + " answered " + answer.status() + " " + answer.error());
      }
    }

    private static void add(Set<String> seats, @Nullable String seat) {
      if (seat != null) {
        seats.add(seat);
      }
    }

    List<String> contradictions(JsonNode license) {
      List<String> found = new ArrayList<>(surprises);
      compare("domains", license, domains, found);
      compare("devices", license, devices, found);
      long count = license.path("validation_count").asLong(-1);
      if (count != granted.get()) {
        found.add("%s counts %d validations, not %d".formatted(id, count, granted.get()));
      }
      return found;
    }

    private void compare(String kind, JsonNode license, Set<String> told, List<String> found) {
      Set<String> seats = new HashSet<>();
      license.path(kind).forEach(seat -> seats.add(seat.asText()));
      if (license.path(kind).size() > LIMIT) {
        found.add("%s has %d %s of %d".formatted(id, license.path(kind).size(), kind, LIMIT));
      }
      if (!seats.equals(told)) {
        found.add("%s has the %s %s, granted were %s".formatted(id, kind, seats, told));
      }
    }
  }
}
