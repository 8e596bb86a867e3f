package dev.licet.bench;

import java.io.IOException;
import java.sql.SQLException;

/**
 * From the start of the launcher to the first valid answer, in milliseconds; medians.
 *
 * @param plain without an AOT cache
 * @param cached with the AOT cache that the launcher keeps
 */
record StartTimes(double plain, double cached) {
  private static final int STARTS = 5;

  static StartTimes take(LicetContender licet, Bench bench)
      throws IOException, InterruptedException, SQLException {
    KnownKey known = Keys.read(bench.keys()).getFirst();
    double[] plain = new double[STARTS];
    double[] cached = new double[STARTS];
    for (int i = 0; i < STARTS; i++) {
      plain[i] = millisToFirstAnswer(licet.withJava("-XX:AOTMode=off"), known);
      cached[i] = millisToFirstAnswer(licet, known);
    }
    return new StartTimes(Measurement.median(plain), Measurement.median(cached));
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
