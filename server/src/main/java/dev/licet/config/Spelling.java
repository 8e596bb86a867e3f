package dev.licet.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what a person probably meant. */
public final class Spelling {
  private Spelling() {}

  /** The known name nearest to the given one, if at most a third of its characters are wrong. */
  public static Optional<String> nearest(String name, Collection<String> known) {
    return known.stream()
        .min(Comparator.comparingInt(candidate -> distance(name, candidate)))
        .filter(candidate -> distance(name, candidate) * 3 <= Math.max(3, candidate.length()));
  }

  /** How many letters are wrong, missing, too many, or swapped with their neighbor. */
  static int distance(String left, String right) {
    int[][] distances = new int[left.length() + 1][right.length() + 1];
    for (int i = 0; i <= left.length(); i++) {
      for (int j = 0; j <= right.length(); j++) {
        distances[i][j] = i == 0 || j == 0 ? i + j : step(distances, left, right, i, j);
      }
    }
    return distances[left.length()][right.length()];
  }

  private static int step(int[][] distances, String left, String right, int i, int j) {
    int wrong = left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1;
    int best =
        Math.min(
            distances[i - 1][j - 1] + wrong,
            Math.min(distances[i - 1][j], distances[i][j - 1]) + 1);
    boolean swapped =
        i > 1
            && j > 1
            && left.charAt(i - 1) == right.charAt(j - 2)
            && left.charAt(i - 2) == right.charAt(j - 1);
    return swapped ? Math.min(best, distances[i - 2][j - 2] + 1) : best;
  }
}
