package dev.licet.core;

/**
 * The Reed-Solomon code over GF(32) whose generator polynomial is g(x) = (x + a)(x + a^2)(x + a^3)
 * = x^3 + 14x^2 + 29x + 10. Its distance is 4: up to three wrong symbols are detected, and a single
 * one is told apart from two.
 *
 * <p>A remainder modulo g is an {@code int} of 15 bits: three symbols, highest degree first.
 */
final class ReedSolomon {
  static final int CHECK_SYMBOLS = 3;

  /** What {@link #locate} answers when the word is not one symbol away from a code word. */
  static final int NOT_CORRECTABLE = -1;

  private static final int SYMBOL_BITS = 5;
  private static final int SYMBOL_MASK = 0x1f;
  private static final int REMAINDER_MASK = 0x7fff;

  /** f times (14x^2 + 29x + 10), for every symbol f. */
  private static final short[] REDUCTION = new short[32];

  static {
    for (int symbol = 0; symbol < REDUCTION.length; symbol++) {
      REDUCTION[symbol] =
          (short)
              pack(Gf32.multiply(14, symbol), Gf32.multiply(29, symbol), Gf32.multiply(10, symbol));
    }
  }

  private ReedSolomon() {}

  /**
   * The remainder of the word that continues with {@code symbol}, from the remainder of the word so
   * far.
   */
  static int append(int remainder, int symbol) {
    int overflow = remainder >>> (2 * SYMBOL_BITS);
    return (((remainder << SYMBOL_BITS) & REMAINDER_MASK) | symbol) ^ REDUCTION[overflow];
  }

  /** The check symbols that turn a message with this remainder into a code word. */
  static int checkOf(int messageRemainder) {
    return append(append(append(messageRemainder, 0), 0), 0);
  }

  /** The check symbol at {@code index}, 0 to 2, of those packed in {@code check}. */
  static int checkSymbol(int check, int index) {
    return (check >>> ((CHECK_SYMBOLS - 1 - index) * SYMBOL_BITS)) & SYMBOL_MASK;
  }

  /**
   * Finds the only wrong symbol of a word from its remainder, which is not zero.
   *
   * @return {@code degree << 5 | error}, to be XORed to the symbol at that degree, or {@link
   *     #NOT_CORRECTABLE}
   */
  static int locate(int remainder, int length) {
    int first = valueAt(remainder, 1);
    int second = valueAt(remainder, 2);
    int third = valueAt(remainder, 3);
    if (first == 0
        || second == 0
        || third == 0
        || Gf32.multiply(second, second) != Gf32.multiply(first, third)) {
      return NOT_CORRECTABLE;
    }
    int locator = Gf32.divide(second, first);
    int degree = Gf32.logarithm(locator);
    return degree < length
        ? (degree << SYMBOL_BITS) | Gf32.divide(first, locator)
        : NOT_CORRECTABLE;
  }

  /**
   * The syndrome: the word's value, and so its remainder's, at the generator to the power of {@code
   * exponent}.
   */
  private static int valueAt(int remainder, int exponent) {
    return Gf32.multiply(checkSymbol(remainder, 0), Gf32.power(2 * exponent))
        ^ Gf32.multiply(checkSymbol(remainder, 1), Gf32.power(exponent))
        ^ checkSymbol(remainder, 2);
  }

  private static int pack(int high, int middle, int low) {
    return (high << (2 * SYMBOL_BITS)) | (middle << SYMBOL_BITS) | low;
  }
}
