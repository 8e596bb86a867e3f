package dev.licet.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SemanticVersionTest {
  /** The order that section 11 of the specification gives as examples, and large numbers. */
  private static final List<String> RISING =
      List.of(
          "0.0.0-0",
          "0.0.0",
          "0.9.10",
          "1.0.0-alpha",
          "1.0.0-alpha.1",
          "1.0.0-alpha.beta",
          "1.0.0-beta",
          "1.0.0-beta.2",
          "1.0.0-beta.11",
          "1.0.0-rc.1",
          "1.0.0",
          "2.0.0",
          "2.1.0",
          "2.1.1",
          "2.9.0",
          "2.10.0",
          "99999999999999999999.0.0",
          "100000000000000000000.0.0");

  @Test
  void versionsAreOrderedByPrecedence() {
    for (int i = 0; i < RISING.size(); i++) {
      for (int j = 0; j < RISING.size(); j++) {
        int order = version(RISING.get(i)).compare(version(RISING.get(j)));
        assertEquals(
            Integer.compare(i, j), Integer.signum(order), RISING.get(i) + " " + RISING.get(j));
      }
    }
  }

  @Test
  void buildMetadataDoesNotCountForTheOrder() {
    assertEquals(0, version("1.0.0+a").compare(version("1.0.0+b.7")));
    assertNotEquals(version("1.0.0+a"), version("1.0.0+b"));
    assertEquals(version("1.0.0+a"), version("1.0.0+a"));
    assertEquals("1.0.0-rc.1+a", version("1.0.0-rc.1+a").toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "1.2",
        "1.2.3.4",
        "v1.2.3",
        "01.2.3",
        "1.02.3",
        "1.2.03",
        "1.2.3-",
        "1.2.3-01",
        "1.2.3-a..b",
        "1.2.3+",
        "1.2.3+a+b",
        "1.2.3 ",
        " 1.2.3",
        "-1.2.3",
        "1.2.x",
        "1.2.3-ä",
        "1.2.3\n",
        "١.2.3"
      })
  void whatIsNoVersionIsNotRead(String text) {
    assertTrue(SemanticVersion.read(text).isEmpty(), text);
  }

  @Test
  void aLongTextIsNotRead() {
    assertTrue(SemanticVersion.read("1.2.3-" + "a".repeat(122)).isPresent());
    assertTrue(SemanticVersion.read("1.2.3-" + "a".repeat(123)).isEmpty());
    assertTrue(SemanticVersion.read("1.2.3-" + "a.".repeat(30_000) + "!").isEmpty());
  }

  private static SemanticVersion version(String text) {
    return SemanticVersion.read(text).orElseThrow();
  }
}
