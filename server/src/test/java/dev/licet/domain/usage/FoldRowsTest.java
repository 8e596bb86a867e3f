package dev.licet.domain.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.domain.usage.FoldStore.Position;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Events of a round go in and come out by licence, also when there is no room for all of them. */
class FoldRowsTest {
  private static final int PART = 500;
  private static final long YEAR_9999 = 253_402_300_799_999L;
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

  @Test
  void eventsThatAreCountedAlikeAreOneGroup() {
    FoldRows rows = new FoldRows();
    List<FoldEvent> events = events(3_000, 20);
    rows.clear(new Position(1, 999, 999 + events.size() + 10, 0));
    Set<FoldEvent> seen = new HashSet<>();
    for (FoldEvent event : events) {
      assertEquals(seen.add(alike(event)), rows.add(event));
    }
    rows.sort();
    int groups = 0;
    for (int row = 0; row < rows.size(); row = rows.endOfAlike(row, rows.size())) {
      groups++;
    }
    assertEquals(seen.size(), groups);
    assertTrue(groups < 2_000, "a good part are alike");
  }

  @Test
  void thereIsRoomForTheLargestRoundAndTheGreatestLicense() {
    FoldRows rows = new FoldRows();
    rows.clear(new Position(1, 0, FoldRows.MAX_EVENTS, 0));
    for (int i = FoldRows.MAX_EVENTS; i > 0; i--) {
      rows.add(event(i, (1L << 42) - 1, i));
    }
    rows.sort();
    assertEquals(FoldRows.MAX_EVENTS, rows.size());
    for (int row = 0; row < rows.size(); row++) {
      assertEquals(FoldRows.MAX_EVENTS - row, rows.id(row));
      assertEquals(FoldRows.MAX_EVENTS - row, rows.domain(row));
    }
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

  /**
   * By licence, then those that are counted alike, in the order of their first ones, then by id.
   */
  private static List<FoldEvent> sorted(List<FoldEvent> events) {
    Map<FoldEvent, Long> firstOfAlike = new HashMap<>();
    events.forEach(event -> firstOfAlike.putIfAbsent(alike(event), event.id()));
    return events.stream()
        .sorted(
            Comparator.comparingLong(FoldEvent::licenseNo)
                .thenComparingLong(event -> firstOfAlike.getOrDefault(alike(event), 0L))
                .thenComparingLong(FoldEvent::id))
        .toList();
  }

  /** What an event is counted by, as an event. */
  private static FoldEvent alike(FoldEvent event) {
    return new FoldEvent(
        0,
        event.licenseNo(),
        Math.floorDiv(event.atMillis(), FoldRows.QUARTER_MILLIS),
        event.outcome(),
        event.domainSeat(),
        event.deviceSeat(),
        event.domain(),
        event.device(),
        event.group(),
        event.country());
  }

  /** Events with some gaps between their ids, half of them counted as one before. */
  private List<FoldEvent> events(int count, long licenses) {
    List<FoldEvent> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long id = 1_000 + i + i * 10L / count;
      boolean again = i > 0 && random.nextBoolean();
      events.add(again ? again(id, events.get(random.nextInt(i))) : event(id, licenses));
    }
    return events;
  }

  private FoldEvent event(long id, long licenses) {
    return new FoldEvent(
        id,
        random.nextLong(licenses),
        random.nextInt(10) == 0
            ? random.nextLong(-YEAR_9999, YEAR_9999)
            : random.nextLong(4_000_000),
        random.nextInt(20),
        random.nextInt(3),
        random.nextLong(1L << 40) * random.nextInt(2),
        random.nextLong(1L << 48) * random.nextInt(2),
        random.nextLong(1L << 48) * random.nextInt(2),
        new UsageGroup(random.nextInt(3), random.nextBoolean(), random.nextInt(2), 1),
        random.nextInt(700));
  }

  /** As another one, at some time of the same quarter. */
  private FoldEvent again(long id, FoldEvent other) {
    return new FoldEvent(
        id,
        other.licenseNo(),
        Math.floorDiv(other.atMillis(), FoldRows.QUARTER_MILLIS) * FoldRows.QUARTER_MILLIS
            + random.nextLong(FoldRows.QUARTER_MILLIS),
        other.outcome(),
        other.domainSeat(),
        other.deviceSeat(),
        other.domain(),
        other.device(),
        other.group(),
        other.country());
  }

  private static FoldEvent event(long id, long license, long domain) {
    return new FoldEvent(id, license, 1, 0, 0, 0, domain, 0, UsageGroup.UNKNOWN, 0);
  }
}
