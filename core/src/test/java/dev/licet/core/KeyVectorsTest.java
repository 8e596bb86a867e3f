package dev.licet.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.licet.core.LicenseKey.Reading;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The vectors of {@code spec/vectors/keys.json}, which another implementation made. */
class KeyVectorsTest {
  private static JsonNode vectors;

  @BeforeAll
  static void readVectors() throws IOException {
    vectors = new ObjectMapper().readTree(Path.of("..", "spec", "vectors", "keys.json").toFile());
  }

  @Test
  void everyGroupOfVectorsIsAsserted() {
    List<String> names = new ArrayList<>();
    vectors.fieldNames().forEachRemaining(names::add);
    assertEquals(
        Set.of("about", "alphabet", "encode", "accept", "reject", "suggest"), Set.copyOf(names));
  }

  @Test
  void alphabetIsTheSame() {
    StringBuilder alphabet = new StringBuilder();
    for (int value = 0; value < 32; value++) {
      alphabet.append(Symbols.characterOf(value));
    }
    assertEquals(vectors.get("alphabet").asText(), alphabet.toString());
  }

  @TestFactory
  Stream<DynamicTest> randomSymbolsAreSealedAsGiven() {
    return each(
        "encode",
        vector -> {
          String expected = vector.get("key").asText();
          JsonNode values = vector.get("random_symbols");
          byte[] symbols = new byte[values.size()];
          for (int i = 0; i < symbols.length; i++) {
            symbols[i] = (byte) values.get(i).asInt();
          }
          LicenseKeyGenerator generator =
              new LicenseKeyGenerator(
                  RandomGenerator.getDefault(),
                  vector.get("prefix").asText(),
                  (symbols.length + ReedSolomon.CHECK_SYMBOLS) / LicenseKey.GROUP_SIZE);
          assertEquals(expected, generator.seal(symbols).canonical());
          assertEquals(expected, ok(expected).canonical());
        });
  }

  @TestFactory
  Stream<DynamicTest> typedKeysAreRead() {
    return each(
        "accept",
        vector -> {
          LicenseKey key = ok(vector.get("typed").asText());
          assertEquals(vector.get("canonical").asText(), key.canonical());
          assertEquals(vector.get("prefix").asText(), key.prefix());
        });
  }

  @TestFactory
  Stream<DynamicTest> wrongTextsAreRefusedForTheRightReason() {
    return each("reject", KeyVectorsTest::assertRefused);
  }

  @TestFactory
  Stream<DynamicTest> singleMistakesAreCorrected() {
    return each("suggest", KeyVectorsTest::assertRefused);
  }

  private static void assertRefused(JsonNode vector) {
    Reading reading = LicenseKey.read(vector.get("typed").asText());
    switch (NotFoundReason.valueOf(vector.get("reason").asText())) {
      case MALFORMED -> assertInstanceOf(Reading.Malformed.class, reading);
      case CHECKSUM_MISMATCH -> {
        LicenseKey suggestion =
            assertInstanceOf(Reading.ChecksumMismatch.class, reading).suggestion();
        if (vector.get("suggestion").isNull()) {
          assertNull(suggestion);
        } else {
          assertEquals(vector.get("suggestion").asText(), suggestion.canonical());
          assertEquals(vector.get("prefix").asText(), suggestion.prefix());
        }
      }
      case UNKNOWN -> throw new AssertionError("A text alone cannot tell that a key is unknown");
    }
  }

  private static LicenseKey ok(String typed) {
    return assertInstanceOf(Reading.Ok.class, LicenseKey.read(typed)).key();
  }

  private static Stream<DynamicTest> each(String group, Consumer<JsonNode> assertion) {
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode vector : vectors.get(group)) {
      String name = vector.toString();
      tests.add(
          dynamicTest(
              name.substring(0, Math.min(name.length(), 120)), () -> assertion.accept(vector)));
    }
    return tests.stream();
  }
}
