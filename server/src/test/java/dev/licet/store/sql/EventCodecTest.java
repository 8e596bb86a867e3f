package dev.licet.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.domain.usage.Outcome;
import dev.licet.domain.usage.UsageEvent;
import dev.licet.domain.usage.UsageGroup;
import dev.licet.domain.usage.UsageOrigin;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a batch of the journal holds is read back as it was written. */
class EventCodecTest {
  private static final long SEED = 20_260_501;
  private static final int BATCHES = 2_000;

  @Test
  void everyBatchIsReadBackAsItWasWritten() {
    Random random = new Random(SEED);
    for (int i = 0; i < BATCHES; i++) {
      long firstId = random.nextLong(Long.MAX_VALUE / 2);
      List<UsageEvent> events = events(random, random.nextInt(20));
      assertEquals(events, read(firstId, EventCodec.encode(events)), "batch " + i + " of " + SEED);
    }
  }

  @Test
  void eventsAreNumberedFromTheFirst() {
    EventReader reader = new EventReader(41, EventCodec.encode(events(new Random(SEED), 3)));
    for (long id = 41; id < 44; id++) {
      assertTrue(reader.next());
      assertEquals(id, reader.id());
    }
    assertFalse(reader.next());
  }

  @Test
  void anUnknownFormIsRefused() {
    assertThrows(IllegalStateException.class, () -> new EventReader(1, new byte[] {9}));
    assertThrows(IllegalStateException.class, () -> new EventReader(1, new byte[0]));
  }

  private static List<UsageEvent> read(long firstId, byte[] bytes) {
    EventReader reader = new EventReader(firstId, bytes);
    List<UsageEvent> events = new ArrayList<>();
    while (reader.next()) {
      UsageEvent event = reader.event();
      assertEquals(event.licenseNo(), reader.licenseNo());
      assertEquals(event.atMillis(), reader.atMillis());
      assertEquals(event.outcome() == Outcome.VALID, reader.isValid());
      events.add(event);
    }
    return events;
  }

  private static List<UsageEvent> events(Random random, int size) {
    List<UsageEvent> events = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      events.add(
          new UsageEvent(
              number(random),
              group(random),
              number(random) * (random.nextBoolean() ? 1 : -1),
              Outcome.of(random.nextInt(Outcome.values().length)),
              text(random),
              text(random),
              origin(random),
              number(random),
              number(random)));
    }
    return events;
  }

  private static UsageGroup group(Random random) {
    return random.nextInt(4) == 0
        ? UsageGroup.UNKNOWN
        : new UsageGroup(
            1 + (number(random) >> 1), random.nextBoolean(), number(random), number(random));
  }

  private static UsageOrigin origin(Random random) {
    String country = random.nextBoolean() ? null : random.nextBoolean() ? "AA" : "ZZ";
    return new UsageOrigin(text(random), country, number(random), text(random));
  }

  /** Numbers of every length. */
  private static long number(Random random) {
    return random.nextLong() >>> 1 + random.nextInt(63);
  }

  private static @Nullable String text(Random random) {
    if (random.nextInt(3) == 0) {
      return null;
    }
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(300); i > 0; i--) {
      text.appendCodePoint(random.nextBoolean() ? 'a' : 0x1F600 + random.nextInt(16));
    }
    return text.toString();
  }
}
