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

  /** Reads a text; a canonical key is not copied. */
  static TypedKey read(String text) {
    return switch (LicenseKey.read(text)) {
      case LicenseKey.Reading.Ok(var key) -> new Usable(key.canonical(), true);
      case LicenseKey.Reading.ChecksumMismatch(var suggestion) ->
          new Mistyped(suggestion == null ? null : suggestion.canonical());
      case LicenseKey.Reading.Malformed() ->
          isBrought(text) ? new Usable(text, false) : Unusable.INSTANCE;
    };
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
    return text.charAt(0) != ' ' && text.charAt(text.length() - 1) != ' ';
  }
}
