package dev.licet.core;

import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

/**
 * Makes license keys of one prefix and length. Three symbols are the check, all others are random:
 * 65, 85, 105 or 125 bits for 4, 5, 6 or 7 groups. Safe for use by several threads if its source of
 * randomness is.
 */
public final class LicenseKeyGenerator {
  private final RandomGenerator random;
  private final String prefix;
  private final int groups;
  private final int mask;

  /**
   * @param random a {@link java.security.SecureRandom} wherever keys are worth something
   * @param prefix 2 to 8 of A-Z and 0-9, the first a letter
   * @param groups 4 to 7
   * @throws IllegalArgumentException if the prefix or the number of groups is out of range; the
   *     message is fit for the person who chose them
   */
  public LicenseKeyGenerator(RandomGenerator random, String prefix, int groups) {
    if (!KeyPrefix.isValid(prefix)) {
      throw new IllegalArgumentException(
          "A key prefix is 2 to 8 of A-Z and 0-9 and starts with a letter");
    }
    if (groups < LicenseKey.MIN_GROUPS || groups > LicenseKey.MAX_GROUPS) {
      throw new IllegalArgumentException("A key has 4 to 7 groups");
    }
    this.random = random;
    this.prefix = prefix;
    this.groups = groups;
    this.mask = KeyPrefix.mask(KeyPrefix.pack(prefix));
  }

  public LicenseKey next() {
    byte[] symbols = new byte[groups * LicenseKey.GROUP_SIZE - ReedSolomon.CHECK_SYMBOLS];
    random.nextBytes(symbols);
    for (int i = 0; i < symbols.length; i++) {
      symbols[i] &= 0x1f;
    }
    return seal(symbols);
  }

  /** The key of the given random symbols. */
  LicenseKey seal(byte[] randomSymbols) {
    byte[] key = new byte[prefix.length() + groups * (LicenseKey.GROUP_SIZE + 1)];
    int position = 0;
    for (; position < prefix.length(); position++) {
      key[position] = (byte) prefix.charAt(position);
    }
    int remainder = 0;
    for (byte symbol : randomSymbols) {
      remainder = ReedSolomon.append(remainder, symbol);
    }
    int check = ReedSolomon.checkOf(remainder) ^ mask;
    for (int index = 0; index < groups * LicenseKey.GROUP_SIZE; index++) {
      if (index % LicenseKey.GROUP_SIZE == 0) {
        key[position++] = '-';
      }
      int symbol =
          index < randomSymbols.length
              ? randomSymbols[index]
              : ReedSolomon.checkSymbol(check, index - randomSymbols.length);
      key[position++] = (byte) Symbols.characterOf(symbol);
    }
    return new LicenseKey(new String(key, StandardCharsets.ISO_8859_1));
  }
}
