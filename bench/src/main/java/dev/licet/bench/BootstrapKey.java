package dev.licet.bench;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** API keys in the documented format: a prefix, 32 base62 characters and the CRC-32 of both. */
final class BootstrapKey {
  private static final String BASE62 =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  private BootstrapKey() {}

  /** The live key with the given 32 base62 characters. */
  static String of(String characters) {
    String text = "licet_live_" + characters;
    CRC32 crc = new CRC32();
    crc.update(text.getBytes(StandardCharsets.US_ASCII));
    char[] check = new char[6];
    long rest = crc.getValue();
    for (int i = check.length - 1; i >= 0; i--) {
      check[i] = BASE62.charAt((int) (rest % 62));
      rest /= 62;
    }
    return text + new String(check);
  }
}
