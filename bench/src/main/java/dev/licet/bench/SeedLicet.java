package dev.licet.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Fills a running server with the licenses of a key list, over its API: each brings its key and
 * starts with its domain authorized.
 *
 * <p>Command line: {@code SeedLicet URL KEYS API_KEY}.
 */
final class SeedLicet {
  private static final int CLIENTS = 32;

  private SeedLicet() {}

  public static void main(String[] arguments) throws Exception {
    long start = System.nanoTime();
    List<KnownKey> keys = Keys.read(Path.of(arguments[1]));
    seed(URI.create(arguments[0]), arguments[2], keys);
    Duration took = ServerProcess.since(start);
    System.out.printf("%d licenses in %.1f s%n", keys.size(), took.toMillis() / 1000.0);
  }

  /** Creates one license of the plan {@code professional} for each key. */
  static void seed(URI base, String apiKey, List<KnownKey> keys)
      throws IOException, InterruptedException {
    Api api = new Api(base, apiKey);
    AtomicInteger next = new AtomicInteger();
    Callable<Void> client =
        () -> {
          for (int i = next.getAndIncrement(); i < keys.size(); i = next.getAndIncrement()) {
            create(api, keys.get(i));
          }
          return null;
        };
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Void>> all =
          clients.invokeAll(IntStream.range(0, CLIENTS).mapToObj(i -> client).toList());
      for (Future<Void> one : all) {
        one.get();
      }
    } catch (ExecutionException failed) {
      throw new IOException("Seeding failed", failed.getCause());
    }
  }

  private static void create(Api api, KnownKey known) throws IOException, InterruptedException {
    var license =
        Api.object()
            .put("plan", "professional")
            .put("customer_email", "bench@example.com")
            .put("key", known.key());
    license.putArray("features").add("updates").add("support");
    license.putArray("domains").add(known.domain());
    api.createLicense(license);
  }
}
