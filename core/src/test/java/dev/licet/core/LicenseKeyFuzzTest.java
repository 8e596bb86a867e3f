package dev.licet.core;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.licet.core.LicenseKey.Reading;
import java.nio.charset.StandardCharsets;

/**
 * Reads arbitrary text. As an ordinary test it runs on the seeds; with {@code JAZZER_FUZZ=1} it
 * searches.
 */
class LicenseKeyFuzzTest {
  @FuzzTest(maxDuration = "1m")
  void readsAnything(byte[] data) {
    String text = new String(data, StandardCharsets.UTF_8);
    Reading reading = LicenseKey.read(text);
    if (reading instanceof Reading.Ok ok) {
      assertStable(ok.key());
    } else if (reading instanceof Reading.ChecksumMismatch mismatch
        && mismatch.suggestion() != null) {
      assertStable(mismatch.suggestion());
    }
  }

  private static void assertStable(LicenseKey key) {
    if (!(LicenseKey.read(key.canonical()) instanceof Reading.Ok again)
        || again.key().canonical() != key.canonical()) {
      throw new AssertionError("does not read as itself: " + key.canonical());
    }
    if (!LicenseKey.isPrefix(key.prefix()) || key.masked().length() != key.canonical().length()) {
      throw new AssertionError("has no proper parts: " + key.canonical());
    }
  }
}
