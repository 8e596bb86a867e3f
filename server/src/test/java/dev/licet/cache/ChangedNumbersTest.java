package dev.licet.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What changed, and since when: as a map would have it, and for threads that read meanwhile. */
class ChangedNumbersTest {
  private static final int KEPT = 1_000;

  @Test
  void agreesWithAMap() {
    Random random = new Random(20_261_128);
    ChangedNumbers changes = new ChangedNumbers();
    Map<Long, Long> model = new HashMap<>();
    for (long position = 1; position <= 20_000; position++) {
      long no = random.nextLong(1L << random.nextInt(1, 43));
      changes.changed(no, position);
      model.put(no, position);
      if (position % 7_000 == 0) {
        long old = position - 3_000;
        changes.forget(old);
        model.values().removeIf(at -> at <= old);
      }
      long asked = random.nextInt(3) == 0 ? no : random.nextLong(1 << 12);
      long since = random.nextLong(position + 1);
      assertEquals(
          model.getOrDefault(asked, 0L) > since, changes.changedSince(since, asked), "" + position);
    }
    model.forEach((no, at) -> assertTrue(changes.changedSince(at - 1, no)));
    model.forEach((no, at) -> assertFalse(changes.changedSince(at, no)));
  }

  @Test
  void anEarlierChangeThatIsNotedLateTakesNothingBack() {
    ChangedNumbers changes = new ChangedNumbers();
    changes.changed(0, 9);
    changes.changed(0, 4);
    assertTrue(changes.changedSince(8, 0));
    assertFalse(changes.changedSince(9, 0));
  }

  @Test
  void whoReadsMeanwhileMissesNothingThatWasNotedBefore() throws Exception {
    ChangedNumbers changes = new ChangedNumbers();
    AtomicLong noted = new AtomicLong();
    AtomicBoolean missed = new AtomicBoolean();
    Thread reader =
        new Thread(() -> {
          while (noted.get() < 300_000) {
            long last = noted.get();
            boolean found = last == 0 || changes.changedSince(last - 1, last);
            if (!found && noted.get() < last + KEPT) { // or else it may be forgotten
              missed.set(true);
            }
          }
        });
    reader.start();
    for (long no = 1; no <= 300_000; no++) {
      changes.changed(no, no);
      noted.set(no);
      if (no % 50_000 == 0) {
        changes.forget(no - KEPT);
      }
    }
    reader.join();
    assertFalse(missed.get());
  }
}
