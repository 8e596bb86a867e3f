package dev.licet.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.core.LicenseKey.Reading;
import java.security.SecureRandom;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LicenseKeyTest {
  private static final String KEY = "TO-WQZ9-RF8W-YVFX-7GJ1";

  @Test
  void canonicalTextBecomesTheKeyUncopied() {
    assertSame(KEY, ok(KEY).canonical());
  }

  @Test
  void anyCharSequenceIsRead() {
    assertEquals(ok(KEY), ok(new StringBuilder(KEY)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "to-wqz9-rf8w-yvfx-7gj1",
        "TO-WQZ9RF8WYVFX7GJ1",
        "TO-WQZ9RF8WYVFX7GJI",
        "TO-WQZ9-RF8W-YVFX-7GJ1-",
        "TO--WQ-Z9RF-8WYVFX-7GJl",
        "\tT O\u00a0-\u2003WQZ9\u202fRF8W\u3000YVFX\u00857GJ1\r\n",
      })
  void typedVariantsReadAsTheCanonicalKey(String typed) {
    assertEquals(KEY, ok(typed).canonical());
  }

  /** Prefix and key differ from what was typed in one character that looks alike. */
  @Test
  void aPrefixThatLooksAlikeIsSuggestedAsItWasMeant() {
    SecureRandom random = new SecureRandom();
    LicenseKeyGenerator ours = new LicenseKeyGenerator(random, "TO", 4);
    LicenseKeyGenerator other = new LicenseKeyGenerator(random, "L1CE0", 5);
    for (int i = 0; i < 100; i++) {
      String key = ours.next().canonical();
      assertEquals(key, suggestion(key.replace("TO-", "t0-")));
      key = other.next().canonical();
      assertEquals(key, suggestion(key.replace("L1CE0-", "LICE0-")));
      assertEquals(key, suggestion(key.replace("L1CE0-", "L1CEO-")));
    }
  }

  private static @Nullable String suggestion(String typed) {
    Reading.ChecksumMismatch wrong =
        assertInstanceOf(Reading.ChecksumMismatch.class, LicenseKey.read(typed));
    return wrong.suggestion() == null ? null : wrong.suggestion().canonical();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " ",
        "-",
        "T-WQZ9-RF8W-YVFX-7GJ1",
        "-TO-WQZ9-RF8W-YVFX-7GJ1",
        "TOWQZ9RF8WYVFX7GJ1",
        "TO-WQZ9-RF8W-YVFX",
        "TO-WQZ9-RF8W-YVFX-7GJ1-0",
        "TO-WQZ9-RF8W-YVFX-7GJU",
        "TO\u2010WQZ9-RF8W-YVFX-7GJ1",
        "TO-WQZ9-RF8W-YVFX-7GJ1\u0000",
        "TO-WQZ9-RF8W-YVFX-7GJ1\u200b",
        "TO-WQZ9-RF8W-YVFX-\ud800GJ1",
        "TO-0000-0000-0000-0000-0000-0000-0000-0000",
      })
  void otherTextsAreMalformed(String typed) {
    assertInstanceOf(Reading.Malformed.class, LicenseKey.read(typed));
  }

  @Test
  void textsAreReadUpToTheirBoundAndNoFurther() {
    assertEquals(KEY, ok(" ".repeat(LicenseKey.MAX_TEXT_LENGTH - KEY.length()) + KEY).canonical());
    assertInstanceOf(
        Reading.Malformed.class,
        LicenseKey.read(" ".repeat(LicenseKey.MAX_TEXT_LENGTH + 1 - KEY.length()) + KEY));
  }

  @Test
  void anotherPrefixFailsTheCheck() {
    assertInstanceOf(Reading.ChecksumMismatch.class, LicenseKey.read(KEY.replace("TO-", "ACME-")));
    assertInstanceOf(Reading.ChecksumMismatch.class, LicenseKey.read(KEY.replace("TO-", "T0-")));
  }

  @Test
  void onlyPrefixAndHintAreShown() {
    LicenseKey key = ok(KEY);
    assertEquals("TO", key.prefix());
    assertEquals("7GJ1", key.hint());
    assertEquals("TO-****-****-****-7GJ1", key.masked());
    assertEquals(key.masked(), key.toString());
    assertFalse(new Reading.Ok(key).toString().contains("WQZ9"));
    assertEquals(
        "ACME-****-****-****-****-****-****-2G7E",
        ok("ACME-HBV1-28PB-DFBB-ET6J-2S6F-Y4DX-2G7E").masked());
  }

  @Test
  void keysAreEqualByTheirCanonicalText() {
    assertEquals(ok(KEY), ok(KEY.toLowerCase(Locale.ROOT)));
    assertEquals(ok(KEY).hashCode(), ok(KEY.replace("-YVFX", "YVFX")).hashCode());
    assertNotEquals(ok(KEY), ok("TO-0000-0000-0000-0REY"));
  }

  @Test
  void prefixesAreTwoToEightUpperCaseLettersAndDigits() {
    for (String prefix : new String[] {"TO", "A1", "ZZZZZZZZ"}) {
      assertTrue(LicenseKey.isPrefix(prefix), prefix);
    }
    for (String prefix : new String[] {"", "A", "1A", "to", "TÖ", "T-O", "ABCDEFGHI"}) {
      assertFalse(LicenseKey.isPrefix(prefix), prefix);
    }
  }

  private static LicenseKey ok(CharSequence typed) {
    return assertInstanceOf(Reading.Ok.class, LicenseKey.read(typed)).key();
  }
}
