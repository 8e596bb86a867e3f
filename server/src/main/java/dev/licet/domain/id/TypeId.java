package dev.licet.domain.id;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The text of a TypeID: a prefix, an underscore, and 128 bits as 26 characters of lower-case
 * Crockford Base32.
 */
final class TypeId {
  private static final int SUFFIX_LENGTH = 26;
  private static final int SYMBOL_BITS = 5;
  private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
  private static final byte[] VALUES = new byte[128];

  static {
    Arrays.fill(VALUES, (byte) -1);
    for (int value = 0; value < ALPHABET.length(); value++) {
      VALUES[ALPHABET.charAt(value)] = (byte) value;
    }
  }

  private TypeId() {}

  /** The text for a UUID, given as its most and its least significant 64 bits. */
  static String write(String prefix, long most, long least) {
    int start = prefix.length() + 1;
    byte[] text = new byte[start + SUFFIX_LENGTH];
    for (int i = 0; i < prefix.length(); i++) {
      text[i] = (byte) prefix.charAt(i);
    }
    text[start - 1] = '_';
    long high = most;
    long low = least;
    for (int i = text.length - 1; i >= start; i--) {
      text[i] = (byte) ALPHABET.charAt((int) low & 0x1f);
      low = (low >>> SYMBOL_BITS) | (high << (Long.SIZE - SYMBOL_BITS));
      high >>>= SYMBOL_BITS;
    }
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  /** Whether a text is a prefix's TypeID of a UUIDv7, in lower case. */
  static boolean isId(String prefix, String text) {
    int start = prefix.length() + 1;
    if (text.length() != start + SUFFIX_LENGTH
        || !text.startsWith(prefix)
        || text.charAt(start - 1) != '_') {
      return false;
    }
    long high = 0;
    long low = 0;
    for (int i = start; i < text.length(); i++) {
      int value = valueOf(text.charAt(i));
      if (value < 0) {
        return false;
      }
      high = (high << SYMBOL_BITS) | (low >>> (Long.SIZE - SYMBOL_BITS));
      low = (low << SYMBOL_BITS) | value;
    }
    return valueOf(text.charAt(start)) <= 7 && isVersion7(high, low);
  }

  private static boolean isVersion7(long most, long least) {
    return ((most >>> 12) & 0xf) == 7 && least >>> 62 == 2;
  }

  private static int valueOf(char character) {
    return character < VALUES.length ? VALUES[character] : -1;
  }
}
