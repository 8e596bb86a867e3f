package dev.licet.domain.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryScheduleTest {
  private static final List<Duration> PROPOSED =
      List.of(
          Duration.ZERO,
          Duration.ofSeconds(5),
          Duration.ofMinutes(5),
          Duration.ofMinutes(30),
          Duration.ofHours(2),
          Duration.ofHours(5),
          Duration.ofHours(10),
          Duration.ofHours(14),
          Duration.ofHours(20),
          Duration.ofHours(24));
  private static final Instant NOW = Instant.parse("2026-11-26T21:00:00Z");

  private final Random random = new Random(7);

  private Duration delay(int attempts, Duration retryAfter) {
    return RetrySchedule.delayAfter(attempts, retryAfter, random).orElseThrow();
  }

  @Test
  void eachAttemptIsAroundTheProposedTimeAfterTheOneBefore() {
    for (int attempts = 0; attempts < 10; attempts++) {
      double planned = PROPOSED.get(attempts).toMillis();
      for (int i = 0; i < 1_000; i++) {
        double millis = delay(attempts, null).toMillis();
        assertTrue(millis >= Math.floor(planned * 0.9) && millis <= Math.ceil(planned * 1.1));
      }
    }
  }

  @Test
  void thereAreTenAttempts() {
    assertEquals(10, RetrySchedule.ATTEMPTS);
    assertEquals(Duration.ZERO, delay(0, null));
    assertEquals(Optional.empty(), RetrySchedule.delayAfter(10, null, random));
    assertEquals(Optional.empty(), RetrySchedule.delayAfter(11, Duration.ofSeconds(1), random));
  }

  @Test
  void aReceiverThatIsDownForTwoDaysIsCalledAfterwards() {
    Duration last = Duration.ZERO;
    for (int attempts = 0; attempts < 10; attempts++) {
      last = last.plus(delay(attempts, null));
    }
    assertTrue(last.compareTo(Duration.ofHours(60)) > 0, last.toString());
  }

  @Test
  void attemptsSpreadOut() {
    Set<Duration> delays = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      delays.add(delay(3, null));
    }
    assertTrue(delays.size() > 90);
  }

  @Test
  void aReceiverThatAsksForMoreTimeGetsIt() {
    for (int i = 0; i < 1_000; i++) {
      Duration delay = delay(1, Duration.ofMinutes(10));
      assertTrue(delay.compareTo(Duration.ofMinutes(10)) >= 0);
      assertTrue(delay.compareTo(Duration.ofMinutes(11)) <= 0);
    }
  }

  @Test
  void aReceiverCannotAskForMoreThanADay() {
    for (int attempts = 1; attempts < 10; attempts++) {
      Duration delay = delay(attempts, Duration.ofDays(10_000));
      assertTrue(delay.compareTo(Duration.ofHours(24)) >= 0);
      assertTrue(delay.compareTo(Duration.ofMinutes(27 * 60)) <= 0);
    }
  }

  @Test
  void aReceiverThatAsksForLessTimeDoesNotUseUpItsAttempts() {
    assertTrue(delay(4, Duration.ofSeconds(1)).compareTo(Duration.ofMinutes(108)) >= 0);
    assertTrue(delay(4, Duration.ZERO).compareTo(Duration.ofMinutes(108)) >= 0);
  }

  @ParameterizedTest
  @CsvSource({
    "0, PT0S",
    "120, PT2M",
    "' 7 ', PT7S",
    "007, PT7S",
    "999999999, PT277777H46M39S",
    "99999999999999999999, PT24H",
    "'Thu, 26 Nov 2026 21:00:30 GMT', PT30S",
    "'Thu, 26 Nov 2026 21:00:00 GMT', PT0S",
  })
  void retryAfterIsSecondsOrADate(String text, Duration expected) {
    assertEquals(expected, RetryAfter.read(text, NOW));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "soon",
        "-1",
        "+5",
        "1.5",
        "５",
        "Thu, 26 Nov 2026 20:59:59 GMT",
        "Fri, 26 Nov 2026 21:00:30 GMT",
        "2026-11-26T21:00:30Z",
        "00000000000000000000000000000000000000000000000000000000005",
      })
  void otherTextsAskForNothing(String text) {
    assertNull(RetryAfter.read(text, NOW));
  }
}
