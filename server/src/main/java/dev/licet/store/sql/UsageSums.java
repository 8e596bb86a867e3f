package dev.licet.store.sql;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts by keys of several numbers, as rows of a table: the key's columns, then the counts. */
final class UsageSums {
  private final int columns;
  private final int counts;
  private final Map<Key, long[]> rows = new HashMap<>();

  /** The row of the key before, to which the next one often belongs. */
  private long[] last = {};

  /** The first columns of a row. */
  private record Key(long[] columns, int size) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && Arrays.equals(columns, 0, size, key.columns, 0, key.size);
    }

    @Override
    public int hashCode() {
      long hash = 0;
      for (int i = 0; i < size; i++) {
        hash = (hash ^ columns[i]) * 0x9e3779b97f4a7c15L;
      }
      return Long.hashCode(hash ^ (hash >>> 29));
    }
  }

  /**
   * @param columns of the key
   * @param counts columns after it
   */
  UsageSums(int columns, int counts) {
    this.columns = columns;
    this.counts = counts;
  }

  /** Adds to the {@code count}th column after a key. */
  void add(int count, int uses, long... key) {
    if (last.length == 0 || !Arrays.equals(last, 0, columns, key, 0, columns)) {
      long[] row = Arrays.copyOf(key, columns + counts);
      long[] before = rows.putIfAbsent(new Key(row, columns), row);
      last = before == null ? row : before;
    }
    last[columns + count] += uses;
  }

  /** By rising keys. */
  List<long[]> rows() {
    return rows.values().stream()
        .sorted((one, other) -> Arrays.compare(one, 0, columns, other, 0, columns))
        .toList();
  }
}
