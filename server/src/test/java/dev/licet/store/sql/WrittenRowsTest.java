package dev.licet.store.sql;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class WrittenRowsTest {
  private static final int BITS = 16;
  private static final long MONTH = 24_311;

  private final WrittenRows rows = new WrittenRows(BITS);

  @Test
  void remembersNearlyAllRowsOfATableThatIsAFifthFull() {
    int written = (1 << BITS) / 5;
    LongStream.range(0, written).forEach(license -> rows.add(license, 0, hash(license), MONTH));
    long forgotten =
        LongStream.range(0, written)
            .filter(license -> !rows.contains(license, 0, hash(license), MONTH))
            .count();
    assertTrue(forgotten < written / 200, forgotten + " of " + written);
  }

  @Test
  void whatIsAddedLastIsThereHoweverMuchWasAddedBefore() {
    for (long license = 0; license < 4L << BITS; license++) {
      rows.add(license, 1, hash(license), MONTH);
      assertTrue(rows.contains(license, 1, hash(license), MONTH));
    }
  }

  @Test
  void tellsRowsApartByAllThatTheyHave() {
    rows.add(1, 0, 7, MONTH);
    rows.add(1, 0, 7, MONTH);
    assertTrue(rows.contains(1, 0, 7, MONTH));
    assertFalse(rows.contains(2, 0, 7, MONTH));
    assertFalse(rows.contains(1, 1, 7, MONTH));
    assertFalse(rows.contains(1, 0, 8, MONTH));
    assertFalse(rows.contains(1, 0, 7, MONTH + 1));
    rows.clear();
    assertFalse(rows.contains(1, 0, 7, MONTH));
  }

  private static long hash(long license) {
    return license * 0xd1342543de82ef95L >>> 16;
  }
}
