package dev.licet.core;

/** Arithmetic in GF(32) with the primitive polynomial x^5 + x^2 + 1 and the generator 2. */
final class Gf32 {
  /** The number of non-zero elements, which is the order of the generator. */
  static final int ORDER = 31;

  private static final int POLYNOMIAL = 0x25;
  private static final byte[] POWERS = new byte[2 * ORDER];
  private static final byte[] LOGARITHMS = new byte[ORDER + 1];

  static {
    int element = 1;
    for (int exponent = 0; exponent < ORDER; exponent++) {
      POWERS[exponent] = (byte) element;
      POWERS[exponent + ORDER] = (byte) element;
      LOGARITHMS[element] = (byte) exponent;
      element <<= 1;
      if (element > ORDER) {
        element ^= POLYNOMIAL;
      }
    }
  }

  private Gf32() {}

  static int multiply(int left, int right) {
    return left == 0 || right == 0 ? 0 : POWERS[LOGARITHMS[left] + LOGARITHMS[right]];
  }

  /** The quotient; {@code divisor} is not zero. */
  static int divide(int dividend, int divisor) {
    return dividend == 0 ? 0 : POWERS[LOGARITHMS[dividend] + ORDER - LOGARITHMS[divisor]];
  }

  /** The generator to the power of {@code exponent}, 0 to 61. */
  static int power(int exponent) {
    return POWERS[exponent];
  }

  /** The exponent, 0 to 30, of a non-zero element. */
  static int logarithm(int element) {
    return LOGARITHMS[element];
  }
}
