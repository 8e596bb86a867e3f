package dev.licet.domain.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.domain.usage.FoldStore.Position;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Events of a round go in and come out by licence, also when there is no room for all of them. */
class FoldRowsTest {
  private static final int PART = 500;
  private static final long YEAR_9999 = 253_402_300_799_999L;
  private static final Comparator<FoldEvent> BY_LICENSE =
      Comparator.comparingLong(FoldEvent::licenseNo).thenComparingLong(FoldEvent::id);

  private final Random random = new Random(20_261_128);

  @Test
  void rowsAreTheEventsByLicense() {
    FoldRows rows = new FoldRows();
    for (int round = 0; round < 3; round++) {
      List<FoldEvent> events = events(3_000, 1L << random.nextInt(42));
      assertEquals(sorted(events), pass(rows, events, 0));
      assertTrue(rows.isWhole());
    }
  }

  @Test
  void whatThereIsNoRoomForComesInLaterPasses() {
    List<FoldEvent> events = events(20_000, 5_000);
    FoldRows rows = new FoldRows(600, 1_000_000);
    List<FoldEvent> found = new ArrayList<>();
    int passes = 0;
    long next = 0;
    do {
      List<FoldEvent> pass = pass(rows, events, next);
      assertTrue(next == 0 || pass.getFirst().licenseNo() >= next);
      found.addAll(pass);
      next = rows.bound();
      passes++;
    } while (!rows.isWhole());
    assertTrue(passes > 4, () -> "only some passes were needed");
    assertEquals(sorted(events), found);
  }

  @Test
  void namesOfWhatIsLeftOutAreLeftOut() {
    FoldRows rows = new FoldRows(1_000_000, 10);
    rows.clear(new Position(1, 0, 100, 0));
    for (int i = 0; i < 20; i++) {
      rows.add(event(i + 1, i % 4, 0));
      rows.add(new UsageName(i % 4, 1, UsageName.Kind.DOMAIN, i, "a" + i, 1));
      rows.add(new UsageNetwork(i % 4, 1, 1, true, i));
    }
    rows.narrow();
    rows.add(new UsageName(2, 1, UsageName.Kind.DOMAIN, 99, "late", 1));
    rows.sort();
    assertEquals(2, rows.bound());
    assertEquals(10, rows.size());
    assertEquals(10, rows.namesOf(0, 3).size());
    assertEquals(10, rows.networksOf(0, 3).size());
  }

  @Test
  void oneLicenseAloneIsNotDivided() {
    FoldRows rows = new FoldRows(1, 1);
    rows.clear(new Position(1, 0, 100, 0));
    for (int i = 0; i < 20; i++) {
      rows.add(event(i + 1, 7, i));
    }
    rows.narrow();
    assertTrue(rows.isWhole());
    assertEquals(20, rows.size());
    rows.add(event(21, 6, 0));
    rows.narrow();
    assertFalse(rows.isWhole());
    assertEquals(7, rows.bound());
    assertEquals(1, rows.size());
  }

  /** Adds the events of licences from {@code next} on, part by part, and reads them. */
  private static List<FoldEvent> pass(FoldRows rows, List<FoldEvent> events, long next) {
    rows.clear(new Position(1, 999, 999 + events.size() + 10, next));
    for (int i = 0; i < events.size(); i++) {
      if (events.get(i).licenseNo() >= next) {
        rows.add(events.get(i));
      }
      if (i % PART == PART - 1) {
        rows.narrow();
      }
    }
    rows.sort();
    List<FoldEvent> read = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      read.add(
          new FoldEvent(
              rows.id(row),
              rows.license(row),
              rows.atMillis(row),
              rows.outcome(row),
              rows.domainSeat(row),
              rows.deviceSeat(row),
              rows.domain(row),
              rows.device(row),
              rows.group(row),
              rows.country(row)));
    }
    return read;
  }

  private static List<FoldEvent> sorted(List<FoldEvent> events) {
    return events.stream().sorted(BY_LICENSE).toList();
  }

  /** Events with some gaps between their ids. */
  private List<FoldEvent> events(int count, long licenses) {
    List<FoldEvent> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      events.add(
          new FoldEvent(
              1_000 + i + i * 10L / count,
              random.nextLong(licenses),
              random.nextInt(10) == 0 ? random.nextLong(YEAR_9999) : random.nextLong(4_000_000),
              random.nextInt(20),
              random.nextInt(3),
              random.nextLong(1L << 40) * random.nextInt(2),
              random.nextInt(3),
              random.nextLong(1L << 48) * random.nextInt(2),
              new UsageGroup(random.nextInt(3), random.nextBoolean(), random.nextInt(2), 1),
              random.nextInt(700)));
    }
    return events;
  }

  private static FoldEvent event(long id, long license, long domain) {
    return new FoldEvent(id, license, 1, 0, 0, 0, domain, 0, UsageGroup.UNKNOWN, 0);
  }
}
