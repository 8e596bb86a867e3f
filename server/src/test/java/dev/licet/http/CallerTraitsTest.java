package dev.licet.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.vertx.core.MultiMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallerTraitsTest {
  @ParameterizedTest
  @ValueSource(strings = {"CF-IPCountry", "cloudfront-viewer-country", "X-Vercel-IP-Country"})
  void aNetworkBeforeTheServerNamesTheCountry(String header) {
    assertEquals("DE", CallerTraits.country(headers(header, "DE")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"XX", "T1", "de", "D", "DEU", "", "D\u00c9", "DE, FR"})
  void whatIsNoCountryIsNone(String value) {
    assertNull(CallerTraits.country(headers("CF-IPCountry", value)));
    assertEquals(
        "FR",
        CallerTraits.country(headers("CF-IPCountry", value).add("X-Vercel-IP-Country", "FR")));
  }

  @Test
  void aProductIsKeptWithItsVersion() {
    assertEquals("licet-java/1.2.0", CallerTraits.client("licet-java/1.2.0 (Linux; JDK 25)"));
    assertEquals("Photo_Editor/2.0-rc.1+7", CallerTraits.client("Photo_Editor/2.0-rc.1+7"));
    String longest = "a".repeat(62) + "/1";
    assertEquals(longest, CallerTraits.client(longest));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "licet",
        "/1.0",
        "licet/",
        "licet/1/2",
        " licet/1",
        "Mozilla/5.0 (X11; Linux x86_64)",
        "(comment) licet/1",
        "l\u00efcet/1",
        "li\u0007cet/1",
        "licet/\"1\"",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/1"
      })
  void anythingElseIsNot(String userAgent) {
    assertNull(CallerTraits.client(userAgent));
  }

  private static MultiMap headers(String name, String value) {
    return MultiMap.caseInsensitiveMultiMap().add(name, value);
  }
}
