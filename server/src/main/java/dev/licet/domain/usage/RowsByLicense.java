package dev.licet.domain.usage;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToLongFunction;

/** Different rows of licences, collected in any order and then found by the licences' numbers. */
final class RowsByLicense<T extends Comparable<? super T>> {
  private final ToLongFunction<T> license;
  private final Set<T> collected = new HashSet<>();
  private List<T> sorted = List.of();

  /**
   * @param license the number of a row's licence, by which rows are in order first
   */
  RowsByLicense(ToLongFunction<T> license) {
    this.license = license;
  }

  void clear() {
    collected.clear();
    sorted = List.of();
  }

  void add(T row) {
    collected.add(row);
  }

  int size() {
    return collected.size();
  }

  /** Forgets the rows of licences from {@code licenseNo} on. */
  void removeFrom(long licenseNo) {
    collected.removeIf(row -> license.applyAsLong(row) >= licenseNo);
  }

  /** Puts the rows in order; none is found before. */
  void sort() {
    sorted = new ArrayList<>(collected);
    Collections.sort(sorted);
  }

  /** The rows of licences from {@code first} to {@code last}, in their order. */
  List<T> of(long first, long last) {
    return Collections.unmodifiableList(sorted.subList(before(first), before(last + 1)));
  }

  /** How many rows are of licences below one. */
  private int before(long licenseNo) {
    int low = 0;
    int high = sorted.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (license.applyAsLong(sorted.get(middle)) < licenseNo) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
