package dev.licet.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
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
  void theOldestRowIsForgottenFirstAndOneThatIsThereTakesNoPlaceOfAnother() {
    WrittenRows four = new WrittenRows(2);
    for (long license : new long[] {1, 2, 3, 4, 4, 3, 4}) {
      four.add(license, 0, hash(license), MONTH);
    }
    assertEquals(List.of(1L, 2L, 3L, 4L), remembered(four));
    four.add(5, 0, hash(5), MONTH);
    assertEquals(List.of(2L, 3L, 4L, 5L), remembered(four));
  }

  private static List<Long> remembered(WrittenRows rows) {
    return LongStream.rangeClosed(1, 5)
        .filter(license -> rows.contains(license, 0, hash(license), MONTH))
        .boxed()
        .toList();
  }

  @Test
  void tellsRowsApartByAllThatTheyHave() {
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
