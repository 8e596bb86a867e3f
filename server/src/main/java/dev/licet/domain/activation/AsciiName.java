package dev.licet.domain.activation;

import java.util.Locale;

/** The grammar of host names in ASCII (RFC 1123): labels of letters, digits and inner hyphens. */
final class AsciiName {
  static final int MAX_LENGTH = 253;

  private static final int MAX_LABEL_LENGTH = 63;

  private AsciiName() {}

  /**
   * Whether a text is a host name in lower case whose last label is not a number; a single label
   * counts, too.
   */
  static boolean isValid(String name) {
    int length = name.length();
    int labelStart = 0;
    boolean number = true;
    for (int i = 0; i <= length; i++) {
      char character = i < length ? name.charAt(i) : '.';
      if (character == '.') {
        if (!isLabel(name, labelStart, i)) {
          return false;
        }
        if (i < length) {
          labelStart = i + 1;
          number = true;
        }
      } else if (!isDigit(character)) {
        if (character != '-' && (character < 'a' || character > 'z')) {
          return false;
        }
        number = false;
      }
    }
    return !number && length <= MAX_LENGTH;
  }

  static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  /** Whether a label starts with {@code xn--}: is said to be Punycode, which is to be proved. */
  static boolean hasPunycode(String lowerCaseName) {
    return lowerCaseName.startsWith("xn--") || lowerCaseName.contains(".xn--");
  }

  static String toLowerCase(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private static boolean isLabel(String name, int start, int end) {
    return end > start
        && end - start <= MAX_LABEL_LENGTH
        && name.charAt(start) != '-'
        && name.charAt(end - 1) != '-';
  }

  private static boolean isDigit(char character) {
    return character >= '0' && character <= '9';
  }
}
