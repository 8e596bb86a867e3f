package dev.licet.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Times validations and reports on a server whose database was filled. */
record UsageGrowth(LicetContender on, long licenses, long rows) {
  /** Licenses whose keys are known; the others are there by bulk SQL. */
  static final int KNOWN = 1_000;

  /** What lets a PostgreSQL be filled faster; it is measured without. */
  private static final Map<String, String> FILLING =
      Map.of("shared_buffers", "4GB", "max_wal_size", "16GB", "checkpoint_timeout", "30min");

  private static final int READS = 9;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double MILLIS_PER_SECOND = 1e3;
  private static final double MEGABYTE = 1e6;

  /** Milliseconds by what was timed, in the order in which it was. */
  Map<String, Double> times() throws IOException, InterruptedException, SQLException {
    Map<String, Double> times = new LinkedHashMap<>();
    try (Contender.Running running = on.start()) {
      Api api = new Api(running.server().base(), LicetServer.API_KEY);
      List<KnownKey> keys = Keys.read(on.bench().keys());
      times.put("validation, not in memory", median(validations(api, keys)));
      times.put("validation", median(validations(api, keys)));
      for (String by : List.of("day", "country", "domain")) {
        String path = "usage?top=100&group_by=" + by;
        api.read(path);
        double[] took = new double[READS];
        for (int i = 0; i < READS; i++) {
          long begin = System.nanoTime();
          api.read(path);
          took[i] = (System.nanoTime() - begin) / NANOS_PER_MILLI;
        }
        times.put("GET /usage by " + by, median(took));
      }
    }
    return times;
  }

  /** Makes the database anew, with licenses of some accounts. */
  void fill(int accounts) throws IOException, InterruptedException, SQLException {
    on.prepare();
    @Nullable BenchPostgres postgres = on.isOnPostgres() ? on.startPostgres(FILLING) : null;
    try {
      UsageSize size = new UsageSize(on, postgres);
      long before = size.bytes();
      long begin = System.nanoTime();
      UsageFill fill = new UsageFill(on, postgres, KNOWN, licenses, rows, accounts);
      if (licenses > KNOWN) {
        fill.addLicenses();
      }
      long ofLicenses = size.bytes() - before;
      fill.addSums();
      System.out.printf(
          "%s: %,d licenses and %,d rows of sums, filled in %.1f s; %.0f MB, %s%n",
          on.name(),
          licenses,
          rows,
          ServerProcess.since(begin).toMillis() / MILLIS_PER_SECOND,
          size.bytes() / MEGABYTE,
          licenses > KNOWN
              ? "%d bytes a license".formatted(ofLicenses / (licenses - KNOWN))
              : "all seeded");
    } finally {
      if (postgres != null) {
        postgres.close();
      }
    }
  }

  private static double[] validations(Api api, List<KnownKey> keys)
      throws IOException, InterruptedException {
    double[] took = new double[keys.size()];
    for (int i = 0; i < took.length; i++) {
      KnownKey known = keys.get(i);
      long begin = System.nanoTime();
      if (!api.validate(known.key(), known.domain(), null).isValid()) {
        throw new IOException("a license of the list is not valid");
      }
      took[i] = (System.nanoTime() - begin) / NANOS_PER_MILLI;
    }
    return took;
  }

  private static double median(double[] took) {
    Arrays.sort(took);
    return took[took.length / 2];
  }
}
