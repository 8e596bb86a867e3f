package dev.licet.domain.job;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class JobWatchTest {
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
  private static final Duration REST = Duration.ofMinutes(1);
  private static final JobState NEW = JobState.initial("sweep", NOON);
  private static final JobState HELD = NEW.taken(7, NOON);
  private static final JobState DONE = HELD.done(NOON, Duration.ofMillis(5), 0, REST);

  private final JobWatch watch = new JobWatch();

  @Test
  void aJobThatNeverRanIsFree() {
    assertTrue(isFree(NEW, NOON, Duration.ZERO));
  }

  @Test
  void atTheFirstLookWhatIsLeftOfARestIsWaitedFor() {
    assertFalse(isFree(DONE, NOON.plusSeconds(20), Duration.ZERO));
    assertFalse(isFree(DONE, NOON.plusSeconds(20), Duration.ofSeconds(40).minusNanos(1)));
    assertTrue(isFree(DONE, NOON.plusSeconds(20), Duration.ofSeconds(40)));
  }

  @Test
  void atTheFirstLookARestThatEndedWhileNobodyLookedIsOver() {
    assertTrue(isFree(DONE, NOON.plusSeconds(61), Duration.ZERO));
  }

  @Test
  void aClockThatWentBackLengthensNoRest() {
    assertFalse(isFree(DONE, NOON.minusSeconds(3600), Duration.ZERO));
    assertTrue(isFree(DONE, NOON.minusSeconds(3600), REST));
  }

  @Test
  void aClockThatGoesForwardShortensNoRest() {
    assertTrue(isFree(NEW, NOON, Duration.ZERO));
    assertFalse(isFree(DONE, NOON.plus(Duration.ofDays(1)), Duration.ofSeconds(1)));
    assertFalse(isFree(DONE, NOON.plus(Duration.ofDays(2)), REST));
    assertTrue(isFree(DONE, NOON, REST.plusSeconds(1)));
  }

  @Test
  void aHeldJobIsFreeOnceItsHolderWasSilentForTheLease() {
    assertFalse(isFree(HELD, NOON, Duration.ZERO));
    assertFalse(isFree(HELD, NOON.plus(Duration.ofDays(1)), JobWatch.LEASE.minusNanos(1)));
    assertTrue(isFree(HELD, NOON, JobWatch.LEASE));
    JobState alive = HELD.going(1);
    assertFalse(isFree(alive, NOON, JobWatch.LEASE));
    assertFalse(isFree(alive, NOON, JobWatch.LEASE.multipliedBy(2).minusNanos(1)));
    assertTrue(isFree(alive, NOON, JobWatch.LEASE.multipliedBy(2)));
  }

  private boolean isFree(JobState job, Instant now, Duration since) {
    return watch.isFree(job, now, Long.MAX_VALUE - 1_000 + since.toNanos());
  }
}
