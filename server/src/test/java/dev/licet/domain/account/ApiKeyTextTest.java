package dev.licet.domain.account;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.domain.account.ApiKeyText.Kind;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeyTextTest {
  private static final String RANDOM = "abcdefghijABCDEFGHIJ0123456789xy";

  @ParameterizedTest
  @EnumSource(Kind.class)
  void generatedKeysReadBack(Kind kind) {
    SecureRandom random = new SecureRandom();
    for (int i = 0; i < 1_000; i++) {
      ApiKeyText key = ApiKeyText.generate(kind, random);
      assertTrue(key.text().matches("licet_(live|test|operator)_[0-9A-Za-z]{38}"));
      assertEquals(Optional.of(key), ApiKeyText.read(key.text()));
      assertEquals(kind, key.kind());
      assertEquals(kind == Kind.LIVE, key.live());
    }
  }

  /** The check characters were computed by other means: CRC-32 as in zlib, digits 0-9, A-Z, a-z. */
  @ParameterizedTest
  @CsvSource({"licet_live_,0mPvm7", "licet_test_,2pyxcM", "licet_operator_,1MpUkS"})
  void knownKeysAreRead(String marker, String check) {
    assertTrue(ApiKeyText.read(marker + RANDOM + check).isPresent());
  }

  @Test
  void smallCheckIsPaddedWithZeros() {
    ApiKeyText key =
        ApiKeyText.read("licet_live_abcdefghijABCDEFGHIJ01230000014000ryqP").orElseThrow();
    assertEquals("00", key.text().substring(43, 45));
  }

  @Test
  void everyWrongCharacterIsRefused() {
    String key = ApiKeyText.generate(Kind.TEST, new Random(1)).text();
    for (int i = 0; i < key.length(); i++) {
      for (char character = 0; character < 256; character++) {
        if (key.charAt(i) != character) {
          String wrong = key.substring(0, i) + character + key.substring(i + 1);
          assertEquals(Optional.empty(), ApiKeyText.read(wrong));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "licet", "licet_live_", "Bearer", "licet_other_", "licet_live_000000"})
  void otherTextsAreRefused(String text) {
    assertEquals(Optional.empty(), ApiKeyText.read(text));
  }

  @Test
  void longerAndShorterKeysAreRefused() {
    String key = ApiKeyText.generate(Kind.LIVE, new Random(2)).text();
    assertEquals(Optional.empty(), ApiKeyText.read(key + "0"));
    assertEquals(Optional.empty(), ApiKeyText.read(" " + key));
    assertEquals(Optional.empty(), ApiKeyText.read(key.substring(0, key.length() - 1)));
  }

  @Test
  void hashIsTheSha256OfTheText() throws Exception {
    ApiKeyText key = ApiKeyText.generate(Kind.LIVE, new Random(3));
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    assertArrayEquals(sha256.digest(key.text().getBytes(StandardCharsets.UTF_8)), key.hash());
  }

  @Test
  void onlyKindAndLastFourCharactersAreShown() {
    ApiKeyText key = ApiKeyText.generate(Kind.LIVE, new Random(4));
    assertEquals("licet_live_****" + key.text().substring(45), key.hint());
    assertEquals(key.hint(), key.toString());
    assertFalse(key.toString().contains(key.text().substring(11, 43)));
  }

  @Test
  void keysAreEqualByTheirText() {
    ApiKeyText key = ApiKeyText.generate(Kind.LIVE, new Random(5));
    assertEquals(key, ApiKeyText.generate(Kind.LIVE, new Random(5)));
    assertEquals(key.hashCode(), ApiKeyText.generate(Kind.LIVE, new Random(5)).hashCode());
    assertNotEquals(key, ApiKeyText.generate(Kind.TEST, new Random(5)));
  }
}
