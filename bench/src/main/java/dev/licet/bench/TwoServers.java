package dev.licet.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Two servers over one PostgreSQL, each with half of the connections.
 *
 * @param perSecond answers of both
 * @param slowerP99Millis at saturation, of the slower one
 * @param failures of all phases
 */
record TwoServers(double perSecond, double slowerP99Millis, long failures) {
  private static final int WARM_UPS = 3;

  static TwoServers take(LicetContender licet, Bench bench, Measurement.Plan plan)
      throws IOException, InterruptedException, SQLException {
    // Each is asked for all licenses first, and both share the machine.
    Duration warmUp = plan.warmUp().multipliedBy(WARM_UPS);
    Wrk wrk = new Wrk(bench.script(), bench.keys(), plan.connections() / 2);
    try (BenchPostgres postgres = licet.startPostgres();
        ServerProcess one = licet.server(postgres).start();
        ServerProcess other = licet.second(postgres).start()) {
      List<Wrk.Result> warm = both(wrk, one, other, warmUp, true);
      List<Wrk.Result> full = both(wrk, one, other, plan.saturated(), false);
      return new TwoServers(
          full.stream().mapToDouble(Wrk.Result::perSecond).sum(),
          full.stream().mapToDouble(Wrk.Result::p99Millis).max().orElse(0),
          warm.stream().mapToLong(Wrk.Result::failures).sum()
              + full.stream().mapToLong(Wrk.Result::failures).sum());
    }
  }

  private static List<Wrk.Result> both(
      Wrk wrk, ServerProcess one, ServerProcess other, Duration duration, boolean check)
      throws IOException, InterruptedException {
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Wrk.Result>> running = new ArrayList<>();
      for (ServerProcess server : List.of(one, other)) {
        running.add(executor.submit(() -> wrk.run(server.base(), duration, check)));
      }
      List<Wrk.Result> results = new ArrayList<>();
      for (Future<Wrk.Result> each : running) {
        results.add(each.get());
      }
      return results;
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    }
  }
}
