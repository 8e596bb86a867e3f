package dev.licet.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class Gf32Test {
  @Test
  void productsAgreeWithSchoolbookMultiplication() {
    for (int left = 0; left < 32; left++) {
      for (int right = 0; right < 32; right++) {
        assertEquals(schoolbook(left, right), Gf32.multiply(left, right));
      }
    }
  }

  @Test
  void divisionUndoesMultiplication() {
    for (int left = 0; left < 32; left++) {
      for (int right = 1; right < 32; right++) {
        assertEquals(left, Gf32.divide(Gf32.multiply(left, right), right));
      }
    }
  }

  @Test
  void powersAndLogarithmsAreInverse() {
    for (int exponent = 0; exponent < Gf32.ORDER; exponent++) {
      assertEquals(exponent, Gf32.logarithm(Gf32.power(exponent)));
      assertEquals(Gf32.power(exponent), Gf32.power(exponent + Gf32.ORDER));
    }
  }

  @Test
  void generatorPolynomialIsTheProductOfItsRoots() {
    int[] product = {1};
    for (int root = 1; root <= ReedSolomon.CHECK_SYMBOLS; root++) {
      int[] next = new int[product.length + 1];
      for (int i = 0; i < product.length; i++) {
        next[i] ^= product[i];
        next[i + 1] ^= Gf32.multiply(product[i], Gf32.power(root));
      }
      product = next;
    }
    assertArrayEquals(new int[] {1, 14, 29, 10}, product);
  }

  private static int schoolbook(int left, int right) {
    int product = 0;
    for (int bit = 0; bit < 5; bit++) {
      product ^= (right >>> bit & 1) * (left << bit);
    }
    for (int bit = 8; bit >= 5; bit--) {
      product ^= (product >>> bit & 1) * (0x25 << bit - 5);
    }
    return product;
  }
}
