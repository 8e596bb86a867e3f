package dev.licet.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.core.LicenseKey.Reading;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LicenseKeyGeneratorTest {
  @ParameterizedTest
  @ValueSource(ints = {4, 5, 6, 7})
  void keysHaveTheirFormAndPassTheirCheck(int groups) {
    LicenseKeyGenerator generator = new LicenseKeyGenerator(new SecureRandom(), "SHOP", groups);
    for (int i = 0; i < 1_000; i++) {
      LicenseKey key = generator.next();
      String form = "SHOP(-[0-9A-HJKMNP-TV-Z]{4}){" + groups + "}";
      assertTrue(key.canonical().matches(form), key.canonical());
      Reading.Ok reading = (Reading.Ok) LicenseKey.read(key.canonical());
      assertEquals(key, reading.key());
      assertSame(key.canonical(), reading.key().canonical());
    }
  }

  @Test
  void keysAreUnique() {
    LicenseKeyGenerator generator = new LicenseKeyGenerator(new Random(1), "TO", 4);
    Set<LicenseKey> keys = new HashSet<>();
    for (int i = 0; i < 100_000; i++) {
      assertTrue(keys.add(generator.next()));
    }
  }

  @Test
  void everySymbolOccursAtEveryPlaceAboutEquallyOften() {
    int draws = 32_000;
    int[][] counts = new int[16][128];
    LicenseKeyGenerator generator = new LicenseKeyGenerator(new Random(2), "TO", 4);
    for (int i = 0; i < draws; i++) {
      String symbols = generator.next().canonical().substring(3).replace("-", "");
      for (int place = 0; place < 16; place++) {
        counts[place][symbols.charAt(place)]++;
      }
    }
    for (int[] place : counts) {
      for (int value = 0; value < 32; value++) {
        assertEquals(draws / 32, place[Symbols.characterOf(value)], 200);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "A", "1A", "to", "ABCDEFGHI", "A-B"})
  void otherPrefixesAreRefused(String prefix) {
    assertThrows(
        IllegalArgumentException.class, () -> new LicenseKeyGenerator(new Random(3), prefix, 4));
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, 0, 3, 8})
  void otherLengthsAreRefused(int groups) {
    assertThrows(
        IllegalArgumentException.class, () -> new LicenseKeyGenerator(new Random(4), "TO", groups));
  }
}
