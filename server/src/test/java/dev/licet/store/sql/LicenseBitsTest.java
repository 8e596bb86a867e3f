package dev.licet.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.domain.usage.Outcome;
import dev.licet.domain.usage.UsageEvent;
import dev.licet.domain.usage.UsageGroup;
import dev.licet.domain.usage.UsageOrigin;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LicenseBitsTest {
  private static final int TRIES = 20_000;

  private final Random random = new Random(20_261_128);

  @Test
  void whatIsStoredStaysAsItIs() {
    assertEquals(584115552256L, LicenseBits.of(1));
    assertEquals(32832L, LicenseBits.of(2));
    assertEquals(-9223372002495037440L, LicenseBits.of(9));
    assertEquals(1125899908939776L, LicenseBits.of(123_456_789_012L));
  }

  @Test
  void aBatchHasAllOfItsLicenses() {
    for (int i = 0; i < TRIES; i++) {
      List<UsageEvent> batch = batch(random.longs(1 + i % 40, 1, 1L << 42));
      long bits = LicenseBits.of(batch);
      for (UsageEvent event : batch) {
        assertTrue(has(bits, event.licenseNo()));
      }
    }
  }

  @Test
  void fewBatchesSeemToHaveALicenseThatTheyHaveNot() {
    int seem = 0;
    for (int i = 0; i < TRIES; i++) {
      long bits = LicenseBits.of(batch(random.longs(16, 1, 100_000)));
      seem += has(bits, 100_000 + i) ? 1 : 0;
    }
    assertTrue(seem < TRIES / 5, seem + " of " + TRIES);
  }

  private static boolean has(long bits, long licenseNo) {
    long filter = LicenseBits.of(licenseNo);
    return (bits & filter) == filter;
  }

  private static List<UsageEvent> batch(LongStream licenses) {
    return licenses
        .mapToObj(license ->
            new UsageEvent(
                license,
                UsageGroup.UNKNOWN,
                0,
                Outcome.VALID,
                null,
                null,
                UsageOrigin.UNKNOWN,
                0,
                0))
        .toList();
  }
}
