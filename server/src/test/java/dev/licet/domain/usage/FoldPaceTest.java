package dev.licet.domain.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FoldPaceTest {
  private static final int ROUND = 1_000;
  private static final long SECOND = 1_000_000_000L;
  private static final int PARTS = 400;

  private long lag;
  private long now = 7 * SECOND;
  private final FoldPace pace = new FoldPace(ROUND, () -> lag, () -> now);

  /** Half of the two minutes is over. */
  @ParameterizedTest
  @CsvSource({"0.51, 12", "0.49, 3"})
  void restsAreLongWhileTheRoundIsAheadOfItsTime(double done, int rests) {
    pace.begin(true);
    now += 60 * SECOND;

    assertEquals(100 * rests, pace.rest(100, done));
  }

  /** Four tenths of a round came meanwhile: half of the round has to be done. */
  @ParameterizedTest
  @CsvSource({"0.51, 12", "0.49, 3"})
  void restsAreLongWhileTheRoundGainsOnWhatComes(double done, int rests) {
    lag = 1_200;
    pace.begin(true);
    lag += 400;

    assertEquals(100 * rests, pace.rest(100, done));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 3",
    "1999, 3",
    "2000, 2",
    "3999, 2",
    "4000, 1",
    "7999, 1",
    "8000, 0",
    "900000, 0"
  })
  void restsBecomeShorterTheFurtherTheFoldIsBehind(long behind, int rests) {
    lag = behind;
    pace.begin(true);

    assertEquals(100 * rests, pace.rest(100, 0));
  }

  @Test
  void eightRoundsBehindThereIsNoRestThoughTheRoundGains() {
    lag = 8_000;
    pace.begin(true);

    assertEquals(0, pace.rest(100, 0.9));
  }

  @Test
  void theEventsOfOthersDoNotWaitForLong() {
    pace.begin(false);

    assertEquals(300, pace.rest(100, 0.9));
  }

  /** With short rests it takes 80 s, with long ones 260; the last part may rest after the end. */
  @Test
  void aRoundWithoutHurryTakesTwoMinutes() {
    long took = fold(20 * SECOND, 0);

    assertTrue(took > 110 * SECOND && took <= 121 * SECOND, took + " ns");
  }

  @Test
  void aSmallRoundRestsLongToItsEnd() {
    assertEquals(13 * SECOND, fold(SECOND, 0));
  }

  /**
   * A round's work is a fortieth of the time in which a round's events come, and then an eighth.
   */
  @ParameterizedTest
  @CsvSource({"40", "8"})
  void aFoldThatIsBehindCatchesUp(int ratio) {
    lag = 3 * ROUND;

    for (int round = 0; round < 12; round++) {
      fold(SECOND, (double) ROUND / (ratio * SECOND));
    }

    assertTrue(lag < ROUND, lag + " events");
  }

  /** The work is as long as the events take to come: it is never done, but all the time is used. */
  @Test
  void aFoldThatCannotKeepUpTakesNoRestInTheEnd() {
    lag = 3 * ROUND;

    for (int round = 0; round < 40; round++) {
      fold(SECOND, (double) ROUND / SECOND);
    }

    assertTrue(lag >= 7 * ROUND && lag <= 9 * ROUND, lag + " events");
    assertEquals(0, pace.rest(100, 0));
  }

  /**
   * Folds a round, and lets events come meanwhile.
   *
   * @param work nanoseconds that a round takes without rests
   * @param rate events that come in a nanosecond
   * @return nanoseconds
   */
  private long fold(long work, double rate) {
    long start = now;
    long before = lag;
    pace.begin(true);
    for (int part = 1; part <= PARTS; part++) {
      now += work / PARTS;
      now += pace.rest(work / PARTS, (double) part / PARTS);
      lag = before + (long) (rate * (now - start));
    }
    lag = Math.max(0, lag - ROUND);
    return now - start;
  }
}
