package dev.licet.core;

import dev.licet.core.LicenseKey.Reading;
import java.nio.charset.StandardCharsets;

/**
 * Reads one typed key in a single pass: prefix, hyphen, symbols. Only a text that is not canonical,
 * or whose check fails, is walked again to write it out.
 */
final class KeyReader {
  private static final int NO_CORRECTION = 0;
  private static final int NOT_A_KEY = -1;

  private final String text;
  private long prefix;
  private int prefixLength;
  private int symbolCount;
  private int remainder;
  private boolean canonicalSoFar = true;

  KeyReader(String text) {
    this.text = text;
  }

  Reading read() {
    int start = readPrefix();
    if (start == NOT_A_KEY || !readSymbols(start) || !isLength(symbolCount)) {
      return Reading.MALFORMED;
    }
    int difference = remainder ^ KeyPrefix.mask(prefix);
    if (difference == 0) {
      return new Reading.Ok(new LicenseKey(isCanonical() ? text : write(start, NO_CORRECTION)));
    }
    long meant = KeyPrefix.lookAlike(prefix, remainder);
    if (meant != KeyPrefix.NONE) {
      prefix = meant;
      return new Reading.ChecksumMismatch(new LicenseKey(write(start, NO_CORRECTION)));
    }
    int correction = ReedSolomon.locate(difference, symbolCount);
    return correction == ReedSolomon.NOT_CORRECTABLE
        ? Reading.UNCORRECTABLE
        : new Reading.ChecksumMismatch(new LicenseKey(write(start, correction)));
  }

  /** Reads up to and including the hyphen after the prefix; answers where the groups start. */
  private int readPrefix() {
    for (int i = 0; i < text.length(); i++) {
      char typed = text.charAt(i);
      if (typed == '-') {
        return prefixLength >= KeyPrefix.MIN_LENGTH ? i + 1 : NOT_A_KEY;
      }
      char upperCase = typed >= 'a' && typed <= 'z' ? (char) (typed - 'a' + 'A') : typed;
      boolean letter = KeyPrefix.isLetter(upperCase);
      if (letter || (prefixLength > 0 && KeyPrefix.isDigit(upperCase))) {
        if (++prefixLength > KeyPrefix.MAX_LENGTH) {
          return NOT_A_KEY;
        }
        prefix = KeyPrefix.append(prefix, upperCase);
      } else if (!Symbols.isWhiteSpace(typed)) {
        return NOT_A_KEY;
      }
      canonicalSoFar &= typed == upperCase && !Symbols.isWhiteSpace(typed);
    }
    return NOT_A_KEY;
  }

  /** Reads the groups; false when a character is no symbol, or there are too many. */
  private boolean readSymbols(int start) {
    for (int i = start; i < text.length(); i++) {
      char typed = text.charAt(i);
      int value = Symbols.valueOf(typed);
      if (value != Symbols.NONE) {
        if (++symbolCount > LicenseKey.MAX_SYMBOLS) {
          return false;
        }
        remainder = ReedSolomon.append(remainder, value);
        canonicalSoFar &= typed == Symbols.characterOf(value);
      } else if (typed == '-') {
        canonicalSoFar &= (i - prefixLength) % (LicenseKey.GROUP_SIZE + 1) == 0;
      } else if (Symbols.isWhiteSpace(typed)) {
        canonicalSoFar = false;
      } else {
        return false;
      }
    }
    return true;
  }

  /** With every hyphen where a hyphen belongs, the right length means that none is missing. */
  private boolean isCanonical() {
    return canonicalSoFar && text.length() == canonicalLength();
  }

  private String write(int start, int correction) {
    byte[] canonical = new byte[canonicalLength()];
    for (int i = 0; i < prefixLength; i++) {
      canonical[i] = (byte) (prefix >>> ((prefixLength - 1 - i) * Byte.SIZE));
    }
    int wrong = symbolCount - 1 - (correction >>> 5);
    int error = correction & 0x1f;
    int position = prefixLength;
    for (int i = start, index = 0; index < symbolCount; i++) {
      int value = Symbols.valueOf(text.charAt(i));
      if (value == Symbols.NONE) {
        continue;
      }
      if (index % LicenseKey.GROUP_SIZE == 0) {
        canonical[position++] = '-';
      }
      canonical[position++] = (byte) Symbols.characterOf(index == wrong ? value ^ error : value);
      index++;
    }
    return new String(canonical, StandardCharsets.ISO_8859_1);
  }

  private int canonicalLength() {
    return prefixLength + symbolCount / LicenseKey.GROUP_SIZE * (LicenseKey.GROUP_SIZE + 1);
  }

  private static boolean isLength(int symbols) {
    return symbols >= LicenseKey.MIN_SYMBOLS && symbols % LicenseKey.GROUP_SIZE == 0;
  }
}
