package dev.licet;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** All orders in which a few things can come. */
public final class Permutations {
  private Permutations() {}

  /** {@code n!} lists. */
  public static <T> List<List<T>> of(List<T> all) {
    List<List<T>> orders = new ArrayList<>();
    permute(new ArrayList<>(all), 0, orders);
    return orders;
  }

  private static <T> void permute(List<T> all, int from, List<List<T>> into) {
    if (from == all.size()) {
      into.add(List.copyOf(all));
      return;
    }
    for (int i = from; i < all.size(); i++) {
      Collections.swap(all, from, i);
      permute(all, from + 1, into);
      Collections.swap(all, from, i);
    }
  }
}
