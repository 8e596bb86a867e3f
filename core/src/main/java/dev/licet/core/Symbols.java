package dev.licet.core;

import java.util.Arrays;

/** Crockford's Base32 alphabet: what a symbol is written as, and what is read as a symbol. */
final class Symbols {
  /** What {@link #valueOf} answers for a character that is no symbol. */
  static final int NONE = -1;

  private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final byte[] VALUES = new byte[128];

  static {
    Arrays.fill(VALUES, (byte) NONE);
    for (int value = 0; value < ALPHABET.length(); value++) {
      accept(ALPHABET.charAt(value), value);
    }
    accept('O', 0);
    accept('I', 1);
    accept('L', 1);
  }

  private Symbols() {}

  /** The character, canonical, for a value from 0 to 31. */
  static char characterOf(int value) {
    return ALPHABET.charAt(value);
  }

  /** The value, 0 to 31, that a typed character stands for, or {@link #NONE}. */
  static int valueOf(char character) {
    return character < VALUES.length ? VALUES[character] : NONE;
  }

  /**
   * Whether a character has Unicode's White_Space property: it is ignored wherever it stands in a
   * typed key.
   */
  static boolean isWhiteSpace(char character) {
    if (character <= ' ') {
      return character == ' ' || (character >= '\t' && character <= '\r');
    }
    return character >= 0x85 && (character == 0x85 || Character.isSpaceChar(character));
  }

  private static void accept(char upperCase, int value) {
    VALUES[upperCase] = (byte) value;
    VALUES[Character.toLowerCase(upperCase)] = (byte) value;
  }
}
