package dev.licet.domain.id;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdsTest {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  private static final InstantSource STOPPED = InstantSource.fixed(NOW);

  @Test
  void idsHaveTheFormOfTypeIds() {
    String id = new Ids(InstantSource.system(), new Random(1)).next(Ids.LICENSE);
    assertTrue(id.matches("lic_[0-7][0-9a-hjkmnp-tv-z]{25}"), id);
    assertTrue(Ids.isId(Ids.LICENSE, id));
    assertFalse(Ids.isId(Ids.ACCOUNT, id));
  }

  @Test
  void knownUuidIsWrittenAsInTheTypeIdSpecification() {
    UUID uuid = UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8057");
    assertEquals(
        "prefix_01h455vb4pex5vsknk084sn02q",
        TypeId.write("prefix", uuid.getMostSignificantBits(), uuid.getLeastSignificantBits()));
  }

  @Test
  void idsCarryTheTimeOfTheirMaking() {
    String id = new Ids(STOPPED, new Random(2)).next(Ids.EVENT);
    long high = 0;
    for (char digit : id.substring(4, 14).toCharArray()) {
      high = high << 5 | "0123456789abcdefghjkmnpqrstvwxyz".indexOf(digit);
    }
    assertEquals(NOW.toEpochMilli(), high);
  }

  @Test
  void idsRiseWithinOneMillisecond() {
    assertRising(new Ids(STOPPED, new Random(3)), 100_000);
  }

  @Test
  void idsRiseWhenTheClockGoesBack() {
    Random ticks = new Random(4);
    InstantSource unsteady = () -> NOW.plusMillis(ticks.nextInt(1_000));
    assertRising(new Ids(unsteady, new Random(5)), 10_000);
  }

  @Test
  void idsRiseWhenTheirRandomBitsOverflow() {
    RandomGenerator highest = () -> -1L;
    assertRising(new Ids(STOPPED, highest), 10_000);
  }

  @Test
  void threadsNeverGetTheSameId() throws InterruptedException {
    Ids ids = new Ids(STOPPED, new Random(6));
    List<List<String>> made = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      List<String> mine = new ArrayList<>();
      made.add(mine);
      threads.add(
          Thread.ofPlatform()
              .start(() -> {
                for (int n = 0; n < 20_000; n++) {
                  mine.add(ids.next(Ids.ACTIVATION));
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    Set<String> distinct = new HashSet<>();
    made.forEach(distinct::addAll);
    assertEquals(80_000, distinct.size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "lic_",
        "lic",
        "01h455vb4pex5vsknk084sn02q",
        "acc_01h455vb4pex5vsknk084sn02q",
        "LIC_01h455vb4pex5vsknk084sn02q",
        "lic_01H455VB4PEX5VSKNK084SN02Q",
        "lic-01h455vb4pex5vsknk084sn02q",
        "lic_01h455vb4pex5vsknk084sn02",
        "lic_01h455vb4pex5vsknk084sn02qq",
        "lic_81h455vb4pex5vsknk084sn02q",
        "lic_01h455vb4pcx5vsknk084sn02q",
        "lic_01h455vb4pex50sknk084sn02q",
        "lic_01h455vb4pex5vsknk084sn02i",
        "lic_01h455vb4pex5vsknk084sn02\u0661",
        " lic_01h455vb4pex5vsknk084sn02q",
      })
  void otherTextsAreNoIds(String text) {
    assertFalse(Ids.isId(Ids.LICENSE, text));
  }

  @Test
  void theExampleIsAnId() {
    assertTrue(Ids.isId(Ids.LICENSE, "lic_01h455vb4pex5vsknk084sn02q"));
  }

  private static void assertRising(Ids ids, int count) {
    String last = "";
    for (int i = 0; i < count; i++) {
      String next = ids.next(Ids.LICENSE);
      assertTrue(last.compareTo(next) < 0, last + " then " + next);
      assertTrue(Ids.isId(Ids.LICENSE, next), next);
      last = next;
    }
  }
}
