package dev.licet.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Validations at half of what saturates, while their PostgreSQL is stopped for some time in the
 * middle.
 *
 * @param perSecond the constant rate
 * @param awaySeconds for how long there is no database
 * @param planned validations of known licenses with known domains
 * @param failures those that were not answered with a valid license
 * @param lost answered ones that the database does not count in the end
 * @param countedTwice what it counts too often
 * @param p99Millis of all, from the intended departure
 * @param longestMillis the slowest answer, likewise
 * @param replaySeconds from the end of the load until the database counts all of it
 */
record Outage(
    double perSecond,
    int awaySeconds,
    long planned,
    long failures,
    long lost,
    long countedTwice,
    double p99Millis,
    double longestMillis,
    double replaySeconds) {
  private static final Duration SATURATED = Duration.ofSeconds(8);
  private static final int BESIDE_SECONDS = 20;
  private static final int PATIENCE_SECONDS = 120;
  private static final int LOOK_MILLIS = 500;

  static Outage take(LicetContender licet, Bench bench, Duration warmUp, int connections, int away)
      throws IOException, InterruptedException, SQLException {
    Wrk wrk = new Wrk(bench.script(), bench.keys(), connections);
    try (BenchPostgres postgres = licet.startPostgres();
        StoppablePostgres stoppable =
            new StoppablePostgres(licet.postgresData(), bench.log("outage-postgres"));
        ServerProcess server = licet.server(postgres).start()) {
      wrk.run(server.base(), warmUp, true);
      double rate = wrk.run(server.base(), SATURATED, false).perSecond() / 2;
      Api api = new Api(server.base(), LicetServer.API_KEY);
      long before = counted(api);
      FutureTask<ConstantRate.Result> load =
          new FutureTask<>(() ->
              new ConstantRate(server.base(), Keys.read(bench.keys()))
                  .run(rate, Duration.ofSeconds(2L * BESIDE_SECONDS + away)));
      Thread.ofPlatform().daemon().start(load);
      Thread.sleep(Duration.ofSeconds(BESIDE_SECONDS));
      stoppable.signal("INT");
      Thread.sleep(Duration.ofSeconds(away));
      stoppable.start();
      ConstantRate.Result result = load.get();
      long end = System.nanoTime();
      long answered = result.planned() - result.bad() - result.unanswered();
      long counted = awaitCount(api, before + answered) - before;
      return new Outage(
          rate,
          away,
          result.planned(),
          result.bad() + result.unanswered(),
          Math.max(0, answered - counted),
          Math.max(0, counted - result.planned()),
          result.millis(99),
          result.millis(100),
          ServerProcess.since(end).toMillis() / 1e3);
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    }
  }

  /** Waits until all is counted, or no more comes for a long time. */
  private static long awaitCount(Api api, long expected) throws IOException, InterruptedException {
    long start = System.nanoTime();
    long counted = counted(api);
    while (counted < expected && ServerProcess.since(start).toSeconds() < PATIENCE_SECONDS) {
      Thread.sleep(LOOK_MILLIS);
      counted = counted(api);
    }
    return counted;
  }

  private static long counted(Api api) throws IOException, InterruptedException {
    long total = 0;
    for (JsonNode row : api.read("usage?group_by=outcome").path("data")) {
      total += row.path("total").asLong();
    }
    return total;
  }
}
