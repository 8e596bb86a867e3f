package dev.licet.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.core.LicenseKey.Reading;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the code promises about wrong symbols, tried exhaustively where that is possible. */
class TypingMistakesTest {
  private static final String PREFIX = "ACME-";
  private static final int KEYS = 3;

  @ParameterizedTest
  @ValueSource(ints = {4, 5, 6, 7})
  void everySingleMistakeIsCorrected(int groups) {
    Random random = new Random(groups);
    for (int i = 0; i < 100; i++) {
      String key = key(random, groups);
      for (int place : places(key)) {
        for (int error = 1; error < 32; error++) {
          Reading reading = LicenseKey.read(mistype(key, place, error));
          LicenseKey suggestion =
              assertInstanceOf(Reading.ChecksumMismatch.class, reading).suggestion();
          assertEquals(key, suggestion.canonical());
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5, 6, 7})
  void everyDoubleMistakeIsDetectedAndNoneIsCorrected(int groups) {
    Random random = new Random(groups);
    for (int i = 0; i < KEYS; i++) {
      String key = key(random, groups);
      int[] places = places(key);
      for (int first = 0; first < places.length; first++) {
        for (int firstError = 1; firstError < 32; firstError++) {
          String once = mistype(key, places[first], firstError);
          for (int second = first + 1; second < places.length; second++) {
            for (int secondError = 1; secondError < 32; secondError++) {
              String twice = mistype(once, places[second], secondError);
              assertSame(Reading.UNCORRECTABLE, LicenseKey.read(twice));
            }
          }
        }
      }
    }
  }

  /**
   * Three mistakes may look like one: they are detected, but the suggestion is then another key.
   */
  @ParameterizedTest
  @ValueSource(ints = {4, 5, 6, 7})
  void tripleMistakesAreDetectedAlthoughSomeSuggestAnotherKey(int groups) {
    int tries = 200_000;
    int suggestions = 0;
    Random random = new Random(groups);
    String key = key(random, groups);
    int[] places = places(key);
    for (int i = 0; i < tries; i++) {
      Reading reading = LicenseKey.read(mistypeThree(key, places, random));
      LicenseKey suggestion =
          assertInstanceOf(Reading.ChecksumMismatch.class, reading).suggestion();
      if (suggestion != null) {
        assertNotEquals(key, suggestion.canonical());
        suggestions++;
      }
    }
    double share = (double) suggestions / tries;
    assertTrue(share > 0 && share < 0.03, () -> "share of triples with a suggestion: " + share);
  }

  @Test
  void everySwapOfTwoSymbolsIsDetected() {
    Random random = new Random(5);
    for (int i = 0; i < 200; i++) {
      String key = key(random, 4 + i % 4);
      int[] places = places(key);
      for (int left = 0; left < places.length; left++) {
        for (int right = left + 1; right < places.length; right++) {
          StringBuilder swapped = new StringBuilder(key);
          swapped.setCharAt(places[left], key.charAt(places[right]));
          swapped.setCharAt(places[right], key.charAt(places[left]));
          if (!swapped.toString().equals(key)) {
            assertSame(Reading.UNCORRECTABLE, LicenseKey.read(swapped));
          }
        }
      }
    }
  }

  @Test
  void oneRandomTextInThirtyTwoThousandPasses() {
    int tries = 1_000_000;
    int passed = 0;
    Random random = new Random(6);
    for (int i = 0; i < tries; i++) {
      StringBuilder text = new StringBuilder(PREFIX);
      for (int symbol = 0; symbol < 16; symbol++) {
        text.append(Symbols.characterOf(random.nextInt(32)));
      }
      passed += LicenseKey.read(text) instanceof Reading.Ok ? 1 : 0;
    }
    assertEquals(tries / 32_768.0, passed, 20);
  }

  private static String mistypeThree(String key, int[] places, Random random) {
    int first = random.nextInt(places.length);
    int second = (first + 1 + random.nextInt(places.length - 1)) % places.length;
    int third;
    do {
      third = random.nextInt(places.length);
    } while (third == first || third == second);
    String once = mistype(key, places[first], 1 + random.nextInt(31));
    String twice = mistype(once, places[second], 1 + random.nextInt(31));
    return mistype(twice, places[third], 1 + random.nextInt(31));
  }

  private static String mistype(String key, int place, int error) {
    char[] text = key.toCharArray();
    text[place] = Symbols.characterOf(Symbols.valueOf(text[place]) ^ error);
    return new String(text);
  }

  /** Where the symbols stand in a canonical key. */
  private static int[] places(String key) {
    return IntStream.range(PREFIX.length(), key.length())
        .filter(place -> key.charAt(place) != '-')
        .toArray();
  }

  private static String key(Random random, int groups) {
    return new LicenseKeyGenerator(random, "ACME", groups).next().canonical();
  }
}
