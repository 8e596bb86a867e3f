package dev.licet.domain.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * An API key as its holder sends it: a kind's marker, 32 random base62 characters (190 bits), and 6
 * base62 characters of the CRC-32 of what stands before, by which a mistyped or invented one is
 * refused without a lookup.
 *
 * <p>{@link #toString} masks the key; {@link #text} is the key in clear, to be shown once and never
 * stored.
 */
public final class ApiKeyText {
  private static final String ALPHABET =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final int RANDOM_LENGTH = 32;
  private static final int CHECK_LENGTH = 6;
  private static final int HINT_LENGTH = 4;

  private final Kind kind;
  private final String text;

  private ApiKeyText(Kind kind, String text) {
    this.kind = kind;
    this.text = text;
  }

  /** What a key opens. */
  public enum Kind {
    /** An account's real licenses. */
    LIVE("licet_live_"),
    /** An account's trial licenses, apart from the real ones. */
    TEST("licet_test_"),
    /** The server itself, across accounts. */
    OPERATOR("licet_operator_");

    private final String marker;

    Kind(String marker) {
      this.marker = marker;
    }
  }

  /**
   * A new key.
   *
   * @param random a {@link java.security.SecureRandom} outside tests
   */
  public static ApiKeyText generate(Kind kind, RandomGenerator random) {
    StringBuilder text = new StringBuilder(kind.marker);
    for (int i = 0; i < RANDOM_LENGTH; i++) {
      text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return new ApiKeyText(kind, text + check(text.toString()));
  }

  /** Reads a key as it was sent, to the letter. Empty when its form or its CRC is wrong. */
  public static Optional<ApiKeyText> read(String text) {
    for (Kind kind : Kind.values()) {
      if (text.startsWith(kind.marker)) {
        return hasForm(text, kind) && hasRightCheck(text)
            ? Optional.of(new ApiKeyText(kind, text))
            : Optional.empty();
      }
    }
    return Optional.empty();
  }

  public Kind kind() {
    return kind;
  }

  /** Whether this key is for an account's real licenses. */
  public boolean live() {
    return kind == Kind.LIVE;
  }

  /** The key in clear. */
  public String text() {
    return text;
  }

  /** The SHA-256 of the key, 32 bytes: all that is stored of it. */
  public byte[] hash() {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  /**
   * The key with only its kind and its last four characters readable: {@code licet_live_****x7Qa}.
   */
  public String hint() {
    return kind.marker + "****" + text.substring(text.length() - HINT_LENGTH);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ApiKeyText key && text.equals(key.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** The {@linkplain #hint masked} key. */
  @Override
  public String toString() {
    return hint();
  }

  private static boolean hasForm(String text, Kind kind) {
    int start = kind.marker.length();
    if (text.length() != start + RANDOM_LENGTH + CHECK_LENGTH) {
      return false;
    }
    for (int i = start; i < text.length(); i++) {
      if (ALPHABET.indexOf(text.charAt(i)) < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean hasRightCheck(String text) {
    int end = text.length() - CHECK_LENGTH;
    return text.startsWith(check(text.substring(0, end)), end);
  }

  /** Six base62 digits, the highest first, with leading zeros. */
  private static String check(String checked) {
    CRC32 crc = new CRC32();
    crc.update(checked.getBytes(StandardCharsets.US_ASCII));
    char[] digits = new char[CHECK_LENGTH];
    long rest = crc.getValue();
    for (int i = CHECK_LENGTH - 1; i >= 0; i--) {
      digits[i] = ALPHABET.charAt((int) (rest % ALPHABET.length()));
      rest /= ALPHABET.length();
    }
    return new String(digits);
  }
}
