package dev.licet.core;

import org.jspecify.annotations.Nullable;

/**
 * A license key whose check symbols are right, such as {@code TO-8Q2M-4TRX-9KFA-7D1C}. That says
 * nothing about whether it was ever issued.
 *
 * <p>{@link #toString} masks the key, so that one that strays into a log or a message gives nothing
 * away; {@link #canonical} is the key in clear.
 */
public final class LicenseKey {
  /** The fewest groups of four symbols that a key has. */
  public static final int MIN_GROUPS = 4;

  /** The most groups of four symbols that a key has. */
  public static final int MAX_GROUPS = 7;

  /** The longest text, in UTF-16 code units, that is looked at. */
  public static final int MAX_TEXT_LENGTH = 128;

  static final int GROUP_SIZE = 4;
  static final int MIN_SYMBOLS = MIN_GROUPS * GROUP_SIZE;
  static final int MAX_SYMBOLS = MAX_GROUPS * GROUP_SIZE;

  private static final String MASKED_GROUP = "****-";

  private final String canonical;

  /** The caller vouches for the form and the check symbols. */
  LicenseKey(String canonical) {
    this.canonical = canonical;
  }

  /** What a typed text turned out to be. */
  public sealed interface Reading {
    /** The one instance for texts that are no key. */
    Malformed MALFORMED = new Malformed();

    /** The one instance for keys that are more than one symbol away from every valid one. */
    ChecksumMismatch UNCORRECTABLE = new ChecksumMismatch(null);

    /** A key whose check symbols are right. */
    record Ok(LicenseKey key) implements Reading {}

    /** No key: a character that is no symbol, a wrong number of them, or no prefix. */
    record Malformed() implements Reading {}

    /**
     * A key's form, but its check symbols are wrong.
     *
     * @param suggestion the only valid key that differs in one symbol, or in a character of the
     *     prefix that looks alike ({@code T0} for {@code TO}), which goes first; null when there is
     *     none. Computed from the text alone: whether it was ever issued is unknown. It is right
     *     for one wrong symbol and never given for two; of three wrong ones, 1 to 3% look like one.
     */
    record ChecksumMismatch(@Nullable LicenseKey suggestion) implements Reading {}
  }

  /**
   * Reads what a person typed: any case, {@code O} for 0, {@code I} and {@code L} for 1 (not in the
   * prefix), white space anywhere, missing or extra hyphens after the prefix's own. Never throws; a
   * text longer than {@value #MAX_TEXT_LENGTH} is malformed. A text that is canonical already
   * becomes the key's own string, uncopied.
   */
  public static Reading read(CharSequence text) {
    return text.length() > MAX_TEXT_LENGTH
        ? Reading.MALFORMED
        : new KeyReader(text.toString()).read();
  }

  /** Whether a text may be a key's prefix: 2 to 8 of A-Z and 0-9, the first a letter. */
  public static boolean isPrefix(CharSequence text) {
    return KeyPrefix.isValid(text);
  }

  /** The key in clear, in the only form that is stored, hashed and shown. */
  public String canonical() {
    return canonical;
  }

  /** What stands before the first hyphen. */
  public String prefix() {
    return canonical.substring(0, prefixLength());
  }

  /** The last four symbols, by which a person recognizes a key that is not shown. */
  public String hint() {
    return canonical.substring(canonical.length() - GROUP_SIZE);
  }

  /** The key with only its prefix and its hint readable: {@code TO-****-****-****-7D1C}. */
  public String masked() {
    int prefixLength = prefixLength();
    int groups = (canonical.length() - prefixLength) / (GROUP_SIZE + 1);
    return canonical.substring(0, prefixLength + 1) + MASKED_GROUP.repeat(groups - 1) + hint();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof LicenseKey key && canonical.equals(key.canonical);
  }

  @Override
  public int hashCode() {
    return canonical.hashCode();
  }

  /** The {@linkplain #masked masked} key. */
  @Override
  public String toString() {
    return masked();
  }

  private int prefixLength() {
    return canonical.indexOf('-');
  }
}
