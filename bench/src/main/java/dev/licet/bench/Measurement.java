package dev.licet.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.function.ToDoubleFunction;

/**
 * One round of one contender.
 *
 * @param perSecond answers per second at saturation
 * @param p50Millis at saturation, as wrk sees it
 * @param p99Millis at saturation, as wrk sees it
 * @param steadyP50Millis at a constant rate, from the intended departure
 * @param steadyP99Millis at a constant rate, from the intended departure
 * @param failures of all phases, the warm-up included
 * @param residentMebibytes of the server's process after all phases
 */
record Measurement(
    double perSecond,
    double p50Millis,
    double p99Millis,
    double steadyP50Millis,
    double steadyP99Millis,
    long failures,
    double residentMebibytes) {

  private static final Duration STEADY_WARM_UP = Duration.ofSeconds(10);

  /**
   * How long and how hard to load.
   *
   * @param steadyRate requests per second of the steady phase, or 0 for half of what saturates
   */
  record Plan(
      Duration warmUp, Duration saturated, Duration steady, double steadyRate, int connections) {
    Plan atRate(double perSecond) {
      return new Plan(warmUp, saturated, steady, perSecond, connections);
    }

    Plan withWarmUp(Duration longer) {
      return new Plan(longer, saturated, steady, steadyRate, connections);
    }
  }

  /** Starts a contender, warms it up with every answer checked, measures it, stops it. */
  static Measurement take(Contender contender, Bench bench, Plan plan)
      throws IOException, InterruptedException, SQLException {
    Wrk wrk = new Wrk(bench.script(), bench.keys(), plan.connections());
    try (Contender.Running running = contender.start()) {
      ServerProcess server = running.server();
      Wrk.Result warm = wrk.run(server.base(), plan.warmUp(), true);
      Wrk.Result full = wrk.run(server.base(), plan.saturated(), false);
      double rate = plan.steadyRate() > 0 ? plan.steadyRate() : full.perSecond() / 2;
      ConstantRate.Result steady = steady(server, bench.keys(), rate, plan.steady());
      return new Measurement(
          full.perSecond(),
          full.p50Millis(),
          full.p99Millis(),
          steady.millis(50),
          steady.millis(99),
          warm.failures() + full.failures() + steady.bad() + steady.unanswered(),
          server.residentMebibytes());
    }
  }

  /** The first seconds are not counted: the load generator itself must be warm, too. */
  private static ConstantRate.Result steady(
      ServerProcess server, Path keys, double perSecond, Duration duration) throws IOException {
    ConstantRate load = new ConstantRate(server.base(), Keys.read(keys));
    load.run(perSecond, STEADY_WARM_UP);
    return load.run(perSecond, duration);
  }

  /** The median of each value; failures add up. */
  static Measurement median(Collection<Measurement> rounds) {
    return new Measurement(
        median(rounds, Measurement::perSecond),
        median(rounds, Measurement::p50Millis),
        median(rounds, Measurement::p99Millis),
        median(rounds, Measurement::steadyP50Millis),
        median(rounds, Measurement::steadyP99Millis),
        rounds.stream().mapToLong(Measurement::failures).sum(),
        median(rounds, Measurement::residentMebibytes));
  }

  private static double median(
      Collection<Measurement> rounds, ToDoubleFunction<Measurement> value) {
    return median(rounds.stream().mapToDouble(value).toArray());
  }

  /** The middle value, or the mean of the two in the middle. */
  static double median(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
