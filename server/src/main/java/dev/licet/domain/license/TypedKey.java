package dev.licet.domain.license;

import dev.licet.core.LicenseKey;
import org.jspecify.annotations.Nullable;

/** What a text that was given as a licence key may stand for. */
public sealed interface TypedKey {
  /** A brought key has at least so many characters. */
  int MIN_BROUGHT = 8;

  /** No key has more characters. */
  int MAX_LENGTH = 128;

  /**
   * A key that may exist.
   *
   * @param canonical what it is looked up by
   * @param ours whether it has Licet's own form; a brought key is looked up as it stands
   */
  record Usable(String canonical, boolean ours) implements TypedKey {
    /** The last four characters, which lists and logs may show. */
    public String hint() {
      return canonical.substring(canonical.length() - 4);
    }
  }

  /** A text in Licet's form whose check fails: no such key can exist. */
  record Mistyped(@Nullable String suggestion) implements TypedKey {}

  /** A text that can be no key: too short, too long, or not printable ASCII. */
  record Unusable() implements TypedKey {
    static final Unusable INSTANCE = new Unusable();
  }

  /** Reads a text, with any white space around it; a canonical key is not copied. */
  static TypedKey read(String text) {
    return switch (LicenseKey.read(text)) {
      case LicenseKey.Reading.Ok(var key) -> new Usable(key.canonical(), true);
      case LicenseKey.Reading.ChecksumMismatch(var suggestion) ->
          new Mistyped(suggestion == null ? null : suggestion.canonical());
      case LicenseKey.Reading.Malformed() -> brought(text);
    };
  }

  /** A brought key is what stands between the white space that pasting adds, as it stands. */
  private static TypedKey brought(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isWhiteSpace(text.charAt(start))) {
      start++;
    }
    while (end > start && isWhiteSpace(text.charAt(end - 1))) {
      end--;
    }
    String key = text.substring(start, end);
    return isBrought(key) ? new Usable(key, false) : Unusable.INSTANCE;
  }

  private static boolean isWhiteSpace(char character) {
    return Character.isWhitespace(character) || Character.isSpaceChar(character);
  }

  private static boolean isBrought(String text) {
    if (text.length() < MIN_BROUGHT || text.length() > MAX_LENGTH) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (character < ' ' || character > '~') {
        return false;
      }
    }
    return true;
  }
}
