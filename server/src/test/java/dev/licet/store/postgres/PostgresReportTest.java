package dev.licet.store.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.licet.PostgresDatabases;
import dev.licet.domain.Failure;
import dev.licet.domain.FailureException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Reports may take long, and keep nobody else waiting. */
@Timeout(60)
class PostgresReportTest {
  private static final int CONNECTIONS = 10;

  private static int number(Handle handle) {
    return handle.createQuery("SELECT 1").mapTo(int.class).one();
  }

  private static int networkMillis(Handle handle) {
    try {
      return handle.getConnection().getNetworkTimeout();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static PostgresSessions sessions(String database, int connections) {
    String location = PostgresDatabases.location(database);
    return new PostgresSessions(
        new PostgresConnections(
            new PostgresAddress("jdbc:postgresql://" + location, "postgres", "postgres", location)),
        connections);
  }

  @Test
  void aReportTakesLongerThanOtherStatementsAndLeavesNothingBehind() {
    String database = PostgresDatabases.create();
    try (PostgresSessions sessions = sessions(database, 2)) { // one of them reads
      int usual = sessions.read(PostgresReportTest::networkMillis);
      assertEquals(
          1,
          sessions.<Integer>report(handle -> {
            handle.execute("SELECT pg_sleep(7.5)"); // as long as no other statement may
            return number(handle);
          }));
      assertEquals(
          "5s",
          sessions.<String>read(
              handle -> handle.createQuery("SHOW statement_timeout").mapTo(String.class).one()));
      assertEquals(usual, sessions.read(PostgresReportTest::networkMillis));
    } finally {
      PostgresDatabases.drop(database);
    }
  }

  @Test
  void aReportThatTakesTooLongIsNoOutage() {
    String database = PostgresDatabases.create();
    try (PostgresSessions sessions = sessions(database, 2)) {
      FailureException refused =
          assertThrows(
              FailureException.class,
              () ->
                  sessions.<Integer>report(handle -> {
                    handle.execute("SET LOCAL statement_timeout = '50ms'");
                    handle.execute("SELECT pg_sleep(5)");
                    return number(handle);
                  }));
      assertInstanceOf(Failure.ReportTooLarge.class, refused.failure());
    } finally {
      PostgresDatabases.drop(database);
    }
  }

  @Test
  void manyReportsLeaveConnectionsToOthers() throws InterruptedException, ExecutionException {
    String database = PostgresDatabases.create();
    CountDownLatch end = new CountDownLatch(1);
    CountDownLatch running = new CountDownLatch(CONNECTIONS / 4);
    try (PostgresSessions sessions = sessions(database, CONNECTIONS);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> reports = new ArrayList<>();
      for (int i = 0; i < CONNECTIONS; i++) {
        reports.add(
            threads.submit(() ->
                sessions.report(handle -> {
                  running.countDown();
                  try {
                    end.await();
                  } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                  return number(handle);
                })));
      }
      running.await();
      assertTimeout(
          Duration.ofSeconds(2), () -> assertEquals(1, sessions.read(PostgresReportTest::number)));
      end.countDown();
      for (Future<Integer> report : reports) {
        assertEquals(1, report.get());
      }
    } finally {
      end.countDown();
      PostgresDatabases.drop(database);
    }
  }
}
