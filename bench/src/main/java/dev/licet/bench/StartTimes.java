package dev.licet.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/**
 * From the start of the process to the first valid answer, in milliseconds; medians.
 *
 * @param plain without an AOT cache
 * @param cached with the AOT cache of a training run
 */
record StartTimes(double plain, double cached) {
  private static final int STARTS = 5;
  private static final int TRAINING_REQUESTS = 2_000;

  static StartTimes take(LicetContender licet, Bench bench)
      throws IOException, InterruptedException, SQLException {
    List<KnownKey> keys = Keys.read(bench.keys());
    Path cache = bench.data(licet.name()).resolve("licet.aot");
    train(licet.withJava("-XX:AOTCacheOutput=" + cache), keys);
    if (!Files.exists(cache)) {
      throw new IOException("The training run left no AOT cache");
    }
    double[] plain = new double[STARTS];
    double[] cached = new double[STARTS];
    for (int i = 0; i < STARTS; i++) {
      plain[i] = millisToFirstAnswer(licet, keys.getFirst());
      cached[i] = millisToFirstAnswer(licet.withJava("-XX:AOTCache=" + cache), keys.getFirst());
    }
    return new StartTimes(Measurement.median(plain), Measurement.median(cached));
  }

  private static void train(LicetContender licet, List<KnownKey> keys)
      throws IOException, InterruptedException, SQLException {
    try (Contender.Running running = licet.start()) {
      Api api = new Api(running.server().base(), LicetServer.API_KEY);
      for (int i = 0; i < TRAINING_REQUESTS; i++) {
        KnownKey known = keys.get(i % keys.size());
        api.validate(known.key(), known.domain(), null);
      }
      running.server().terminate();
    }
  }

  private static double millisToFirstAnswer(LicetContender licet, KnownKey known)
      throws IOException, InterruptedException, SQLException {
    try (Contender.Running running = licet.start()) {
      long ready = System.nanoTime();
      Api api = new Api(running.server().base(), LicetServer.API_KEY);
      if (!api.validate(known.key(), known.domain(), null).isValid()) {
        throw new IOException("The first answer was no valid license");
      }
      return running.server().timeToReady().plus(ServerProcess.since(ready)).toNanos() / 1e6;
    }
  }
}
