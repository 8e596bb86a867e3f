package dev.licet.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.domain.job.Job;
import dev.licet.domain.job.JobRunner;
import dev.licet.domain.job.JobScheduler;
import dev.licet.domain.job.JobState;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Jobs, as several nodes run them: each has a clock and a time of its own. */
@Timeout(60)
abstract class JobContract extends Contract {
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
  private static final Duration EVERY = Duration.ofMinutes(1);
  private static final Duration LEASE = Duration.ofMillis(1_500);

  /** What a test's job is to do, and has done. */
  private final AtomicInteger work = new AtomicInteger();

  private final AtomicInteger runs = new AtomicInteger();

  @Test
  void aJobRunsOnceForAllNodesAndAgainAfterItsRest() {
    Node one = new Node(1, counting(10));
    Node two = new Node(2, counting(10));
    one.look();
    two.look();
    assertEquals(1, runs.get());
    one.pass(EVERY.minusMillis(1));
    two.pass(EVERY.minusMillis(1));
    one.look();
    two.look();
    assertEquals(1, runs.get());
    two.pass(Duration.ofMillis(1));
    two.look();
    one.look();
    assertEquals(2, runs.get());
  }

  @Test
  void whatASurveyFoundIsDoneInBatches() {
    Node one = new Node(1, surveyed(() -> {}));
    one.look();
    assertEquals(25, runs.get());
    assertEquals(25, state().items());
    assertEquals(NOON.plus(EVERY), state().nextRunAt());
  }

  @Test
  void aJobStaysWithTheNodeThatSurveysForLong() {
    Node other = new Node(2, counting(10));
    Node one =
        new Node(
            1,
            surveyed(() -> {
              other.look();
              long version = state().version();
              long deadline = System.nanoTime() + 10_000_000_000L;
              while (state().version() == version && System.nanoTime() < deadline) {
                Thread.onSpinWait();
              }
              other.pass(LEASE);
              other.look();
              assertEquals(1L, state().holder());
            }));
    one.look();
    assertEquals(25, runs.get());
    assertEquals(0, state().failures());
  }

  @Test
  void whatThereIsIsDoneInBatches() {
    work.set(25);
    Node one = new Node(1, counting(10));
    one.look();
    assertEquals(3, runs.get());
    assertEquals(0, work.get());
    JobState state = state();
    assertEquals(25, state.items());
    assertEquals(NOON.plus(EVERY), state.nextRunAt());
    assertNull(state.holder());
    assertEquals(0, state.failures());
    assertEquals(NOON, state.finishedAt());
  }

  @Test
  void manyNodesAtOnceDoEachItemOnce() throws Exception {
    work.set(200);
    AtomicInteger inside = new AtomicInteger();
    AtomicBoolean met = new AtomicBoolean();
    Job job =
        Job.every(
            "test",
            EVERY,
            5,
            (stores, now, limit) -> {
              met.compareAndSet(false, inside.incrementAndGet() > 1);
              int done = take(limit);
              inside.decrementAndGet();
              return done;
            });
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Future<?>> nodes = new ArrayList<>();
      for (int no = 1; no <= 8; no++) {
        Node node = new Node(no, job);
        nodes.add(
            threads.submit(() -> {
              for (int look = 0; look < 20; look++) {
                node.look();
              }
            }));
      }
      for (Future<?> node : nodes) {
        node.get();
      }
    }
    assertFalse(met.get(), "two nodes were at it at once");
    assertEquals(0, work.get());
    assertEquals(200, state().items());
  }

  @Test
  void aJobWhoseNodeIsGoneIsTakenOverAfterTheLease() {
    work.set(1);
    Node gone = new Node(1, failing(new Error("killed")));
    Node other = new Node(2, counting(10));
    try {
      gone.look();
    } catch (Error killed) {
      assertEquals("killed", killed.getMessage());
    }
    other.look();
    other.pass(LEASE.minusMillis(1));
    other.look();
    assertEquals(1, work.get());
    assertEquals(1L, state().holder());
    other.pass(Duration.ofMillis(1));
    other.look();
    assertEquals(0, work.get());
    assertNull(state().holder());
  }

  @Test
  void aNodeThatStoodStillDoesNothingMoreOnceItsJobWasTakenOver() {
    work.set(100);
    Node other = new Node(2, counting(10));
    AtomicInteger batches = new AtomicInteger();
    Node slow = new Node(1, Job.every("test", EVERY, 10, (stores, now, limit) -> take(limit)));
    slow.stop =
        () -> {
          if (batches.incrementAndGet() == 2) { // it stands still, and the other one takes over
            other.look();
            other.pass(LEASE);
            other.look();
          }
          return false;
        };
    slow.look();
    assertEquals(2, batches.get());
    assertEquals(0, work.get());
    assertEquals(80, state().items());
    assertEquals(0, state().failures());
  }

  @Test
  void aJobThatFailsIsTriedAgainLaterAndLaterAndIsSeen() {
    work.set(1);
    AtomicBoolean broken = new AtomicBoolean(true);
    Node one =
        new Node(
            1,
            Job.every(
                    "test",
                    EVERY,
                    10,
                    (stores, now, limit) -> {
                      int done = take(limit);
                      if (broken.get()) {
                        work.addAndGet(done);
                        throw new IllegalStateException("no room");
                      }
                      return done;
                    })
                .soonWhen((stores, now) -> true));
    one.look();
    assertEquals(1, state().failures());
    assertEquals("java.lang.IllegalStateException: no room", state().error());
    assertEquals(NOON, state().errorAt());
    one.look();
    assertEquals(1, state().failures(), "also what is urgent waits");
    one.pass(Duration.ofSeconds(1));
    one.look();
    assertEquals(2, state().failures());
    one.look();
    one.pass(Duration.ofMillis(1_999));
    one.look();
    assertEquals(2, state().failures());
    broken.set(false);
    one.pass(Duration.ofMillis(1));
    one.look();
    assertEquals(0, state().failures());
    assertEquals(0, work.get());
    assertNotNull(state().error(), "the last error stays to be seen");
  }

  @Test
  void whatIsUrgentDoesNotWaitForTheRest() {
    Node one = new Node(1, counting(10).soonWhen((stores, now) -> work.get() > 0));
    one.look();
    one.look();
    assertEquals(1, runs.get());
    work.set(3);
    one.look();
    assertEquals(2, runs.get());
    assertEquals(0, work.get());
  }

  @Test
  void clocksThatJumpOrDifferMakeNoJobEarlyOrLate() {
    Node one = new Node(1, counting(10));
    Node ahead = new Node(2, counting(10));
    one.look();
    ahead.look();
    ahead.clock.advance(Duration.ofHours(5));
    for (Duration jump :
        List.of(Duration.ofHours(-1), Duration.ofDays(1), Duration.ofDays(-2), Duration.ZERO)) {
      int before = runs.get();
      one.clock.advance(jump);
      one.look();
      ahead.look();
      assertEquals(before, runs.get(), () -> "early after " + jump);
      one.pass(EVERY);
      ahead.pass(EVERY);
      one.look();
      ahead.look();
      assertEquals(before + 1, runs.get(), () -> "not once after " + jump);
    }
  }

  @Test
  void whatAStoppingNodeLeavesIsDoneByTheNextAtOnce() {
    work.set(25);
    Node stopping = new Node(1, counting(10));
    stopping.stop = () -> true;
    stopping.look();
    assertEquals(15, work.get());
    new Node(2, counting(10)).look();
    assertEquals(0, work.get());
  }

  @Test
  void theSchedulerRunsJobsByItselfAndStopsInTime() throws Exception {
    CountDownLatch ran = new CountDownLatch(2);
    Job often =
        Job.every(
            "often",
            Duration.ofMillis(1),
            1,
            (stores, now, limit) -> {
              ran.countDown();
              return 0;
            });
    Job busy = Job.every("busy", EVERY, 1, (stores, now, limit) -> 1);
    JobScheduler scheduler =
        JobScheduler.start(runner(Backend.CLOCK, System::nanoTime, 1, often, busy));
    ran.await();
    long begin = System.nanoTime();
    scheduler.close();
    assertTrue(System.nanoTime() - begin < 1_000_000_000L);
    assertNull(state("busy").holder(), "given back");
  }

  /** A job that takes what there is, and counts its batches. */
  private Job counting(int batch) {
    return Job.every(
        "test",
        EVERY,
        batch,
        (stores, now, limit) -> {
          runs.incrementAndGet();
          return take(limit);
        });
  }

  /** A job that finds 25 tasks. */
  private Job surveyed(Runnable meanwhile) {
    return Job.surveyed(
        "test",
        EVERY,
        10,
        (transactions, now) -> {
          meanwhile.run();
          return Collections.nCopies(25, (stores, at) -> runs.incrementAndGet());
        });
  }

  private static Job failing(Error error) {
    return Job.every(
        "test",
        EVERY,
        10,
        (stores, now, limit) -> {
          throw error;
        });
  }

  private int take(int limit) {
    int done = Math.min(limit, work.get());
    work.addAndGet(-done);
    return done;
  }

  private JobState state() {
    return state("test");
  }

  private JobState state(String name) {
    return database.transactions().read(stores -> stores.jobs().all()).stream()
        .filter(job -> job.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private JobRunner runner(InstantSource clock, LongSupplier nanoTime, long no, Job... jobs) {
    return new JobRunner(
        database.transactions(),
        clock,
        nanoTime,
        no,
        List.of(jobs),
        (job, took, items, failed) -> {});
  }

  /** A node that looks when it is told to. */
  private final class Node {
    final MovableClock clock = new MovableClock(NOON);
    final AtomicLong nanos = new AtomicLong(17);
    final JobRunner runner;
    BooleanSupplier stop = () -> false;

    Node(long no, Job... jobs) {
      runner = runner(clock, nanos::get, no, jobs);
      runner.register();
    }

    void look() {
      runner.due().forEach(due -> runner.run(due, stop));
    }

    /** Time goes by, for its clock and for itself. */
    void pass(Duration time) {
      clock.advance(time);
      nanos.addAndGet(time.toNanos());
    }
  }
}
