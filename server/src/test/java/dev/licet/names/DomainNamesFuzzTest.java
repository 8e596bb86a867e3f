package dev.licet.names;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.licet.domain.activation.DomainNames;
import dev.licet.domain.activation.DomainNames.Reading;
import java.nio.charset.StandardCharsets;

/**
 * Reads arbitrary text. As an ordinary test it runs on the seeds; with {@code -Dfuzz=true} it
 * searches.
 */
class DomainNamesFuzzTest {
  private static final DomainNames NAMES =
      new DomainNames(new IcuIdna(), new GuavaPublicSuffixes());

  @FuzzTest(maxDuration = "1m")
  void readsAnything(byte[] data) {
    String text = new String(data, StandardCharsets.UTF_8);
    if (NAMES.read(text) instanceof Reading.Name name) {
      assertStable(name, NAMES.read(name.canonical()));
    }
    if (NAMES.readSeat(text) instanceof Reading.Name name) {
      assertStable(name, NAMES.readSeat(name.canonical()));
    }
  }

  private static void assertStable(Reading.Name name, Reading again) {
    if (!name.equals(again)) {
      throw new AssertionError(name + " reads as " + again);
    }
    if (name.canonical().length() > 255 || !name.canonical().matches("[-a-z0-9.:*]+")) {
      throw new AssertionError("has no proper form: " + name);
    }
  }
}
