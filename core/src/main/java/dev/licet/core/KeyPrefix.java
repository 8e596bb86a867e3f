package dev.licet.core;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * A key's prefix as one {@code long}: its 2 to 8 characters in ASCII upper case, first character
 * highest. It masks the check symbols, so that a key copied under another prefix fails its check.
 */
final class KeyPrefix {
  static final int MIN_LENGTH = 2;
  static final int MAX_LENGTH = 8;

  /** No prefix. */
  static final long NONE = 0;

  /** Characters that look alike. In the groups they are read as one; a prefix may have each. */
  private static final String[] ALIKE = {"O0", "IL1"};

  private static final int CACHE_SIZE = 256;
  private static final int MASK_BITS = 15;

  /**
   * Masks by a hash of their prefix. A slot is simply overwritten: prefixes come from what people
   * type, so the cache must not grow with them. Entries are immutable, so that a racing reader sees
   * a whole one or none.
   */
  private static final @Nullable Entry[] CACHE = new @Nullable Entry[CACHE_SIZE];

  private record Entry(long prefix, int mask) {}

  private KeyPrefix() {}

  static boolean isValid(CharSequence text) {
    if (text.length() < MIN_LENGTH || text.length() > MAX_LENGTH || !isLetter(text.charAt(0))) {
      return false;
    }
    for (int i = 1; i < text.length(); i++) {
      if (!isLetter(text.charAt(i)) && !isDigit(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  static boolean isLetter(char character) {
    return character >= 'A' && character <= 'Z';
  }

  static boolean isDigit(char character) {
    return character >= '0' && character <= '9';
  }

  /** The packed form of a valid prefix. */
  static long pack(CharSequence prefix) {
    long packed = 0;
    for (int i = 0; i < prefix.length(); i++) {
      packed = append(packed, prefix.charAt(i));
    }
    return packed;
  }

  static long append(long packed, char character) {
    return (packed << Byte.SIZE) | character;
  }

  /** The first 15 bits of the prefix's SHA-256. */
  static int mask(long packed) {
    int slot = (int) ((packed * 0x9E3779B97F4A7C15L) >>> 56);
    Entry entry = CACHE[slot];
    if (entry == null || entry.prefix != packed) {
      entry = new Entry(packed, computeMask(packed));
      CACHE[slot] = entry;
    }
    return entry.mask;
  }

  /**
   * The prefix with a certain mask that differs from another one in a character which looks alike,
   * such as {@code TO} typed as {@code T0}; {@link #NONE} when there is none.
   */
  static long lookAlike(long packed, int mask) {
    for (int shift = 0; shift < Long.SIZE && packed >>> shift != 0; shift += Byte.SIZE) {
      char typed = (char) (packed >>> shift & 0xff);
      boolean first = packed >>> shift == typed;
      for (String alike : ALIKE) {
        for (int i = 0; alike.indexOf(typed) >= 0 && i < alike.length(); i++) {
          char meant = alike.charAt(i);
          long other = packed ^ (long) (typed ^ meant) << shift;
          if (other != packed && !(first && isDigit(meant)) && mask(other) == mask) {
            return other;
          }
        }
      }
    }
    return NONE;
  }

  private static int computeMask(long packed) {
    int length = MAX_LENGTH - Long.numberOfLeadingZeros(packed) / Byte.SIZE;
    byte[] ascii = new byte[length];
    for (int i = 0; i < length; i++) {
      ascii[i] = (byte) (packed >>> ((length - 1 - i) * Byte.SIZE));
    }
    byte[] digest = sha256().digest(ascii);
    return (((digest[0] & 0xff) << Byte.SIZE) | (digest[1] & 0xff)) >>> (2 * Byte.SIZE - MASK_BITS);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
