package dev.licet.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One person's address, and those of others that contain it. */
class PersonScrubAddressTest {
  private final PersonScrub scrub = new PersonScrub("ada@example.com", "nobody", id -> false);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ada@example.com",
        "Ada@Example.COM",
        "to <ada@example.com>",
        "mailto:ada@example.com?x",
        "ask ada@example.com.",
        "a\\nada@example.com",
        "\\u003cada@example.com\\u003e"
      })
  void addressIsFoundWhereverItStands(String text) {
    String json = "{\"a\": [\"" + text + "\"]}";
    assertTrue(scrub.isMentionedIn(json));
    String rest = scrub.of(json).orElseThrow();
    assertTrue(rest.contains("nobody"), rest);
    assertFalse(rest.toLowerCase(Locale.ROOT).contains("ada"), rest);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "more-ada@example.com",
        "x.ada@example.com",
        "x+ada@example.com",
        "ada@example.community",
        "ada@example.com.au",
        "ada@example.com-x.org"
      })
  void addressOfSomebodyElseIsKept(String text) {
    String json = "{\"a\": \"" + text + "\"}";
    assertFalse(scrub.isMentionedIn(json));
    assertEquals(Optional.empty(), scrub.of(json));
  }
}
