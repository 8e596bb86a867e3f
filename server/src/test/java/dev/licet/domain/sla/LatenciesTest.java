package dev.licet.domain.sla;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LatenciesTest {
  @Test
  void percentilesAreWithinASixteenthOfTheTruth() {
    SplittableRandom random = new SplittableRandom(17);
    for (int round = 0; round < 20; round++) {
      long[] micros = new long[1 + random.nextInt(5_000)];
      double scale = Math.pow(10, 1 + random.nextInt(7));
      Arrays.setAll(micros, i -> 8 + (long) (random.nextDouble() * random.nextDouble() * scale));
      Latencies latencies = new Latencies();
      Arrays.stream(micros).forEach(each -> latencies.record(each * 1_000));
      Arrays.sort(micros);
      Latencies.Percentiles percentiles = latencies.percentiles();
      assertNear(micros, 50, percentiles.p50());
      assertNear(micros, 95, percentiles.p95());
      assertNear(micros, 99, percentiles.p99());
      assertEquals(micros.length, latencies.total());
    }
  }

  @Test
  void whatIsShorterThanEightMicrosecondsIsExactToHalfOfOne() {
    Latencies latencies = new Latencies();
    latencies.record(3_400);
    assertEquals(Duration.ofNanos(3_500), latencies.percentiles().p99());
  }

  @Test
  void extremesStayWithinTheBuckets() {
    Latencies latencies = new Latencies();
    latencies.record(-1);
    latencies.record(0);
    latencies.record(Long.MAX_VALUE);
    assertEquals(3, latencies.total());
    assertTrue(latencies.percentiles().p99().toSeconds() > 120);
  }

  @Test
  void sumsAreAsIfCountedTogether() {
    Latencies one = new Latencies();
    Latencies other = new Latencies();
    Latencies both = new Latencies();
    for (int i = 1; i < 1_000; i++) {
      (i % 3 == 0 ? one : other).record(i * 10_000L);
      both.record(i * 10_000L);
    }
    one.add(other);
    assertEquals(both.percentiles(), one.percentiles());
  }

  @Test
  void nothingHasNoPercentiles() {
    assertNull(new Latencies().percentiles());
  }

  private static void assertNear(long[] sorted, int percent, Duration found) {
    long truth = sorted[(int) Math.ceilDiv((long) sorted.length * percent, 100) - 1];
    double micros = found.toNanos() / 1e3;
    // A time is cut to whole microseconds before it is counted.
    assertTrue(
        Math.abs(micros - truth) <= truth / 16.0 + 0.5, percent + ": " + truth + " " + found);
  }
}
