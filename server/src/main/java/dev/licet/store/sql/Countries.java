package dev.licet.store.sql;

import org.jspecify.annotations.Nullable;

/** Countries as numbers: two letters from A to Z are 1 to 676, no country is 0. */
final class Countries {
  private static final int LETTERS = 26;

  private Countries() {}

  /** The number of a country; 0 for what is not two capital letters. */
  static int number(@Nullable String country) {
    if (country == null || country.length() != 2) {
      return 0;
    }
    int first = country.charAt(0) - 'A';
    int second = country.charAt(1) - 'A';
    boolean letters = first >= 0 && first < LETTERS && second >= 0 && second < LETTERS;
    return letters ? first * LETTERS + second + 1 : 0;
  }

  /** The country of a number; {@code null} for 0. */
  static @Nullable String of(int number) {
    if (number == 0) {
      return null;
    }
    char first = (char) ('A' + (number - 1) / LETTERS);
    char second = (char) ('A' + (number - 1) % LETTERS);
    return new String(new char[] {first, second});
  }
}
