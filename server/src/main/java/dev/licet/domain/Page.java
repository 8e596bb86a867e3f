package dev.licet.domain;

import java.util.List;

/** One page of a list, and whether more follow. */
public record Page<T>(List<T> data, boolean hasMore) {
  /** A page of at most {@code limit} out of rows that were read with a limit one higher. */
  public static <T> Page<T> of(List<T> rows, int limit) {
    return rows.size() > limit
        ? new Page<>(List.copyOf(rows.subList(0, limit)), true)
        : new Page<>(List.copyOf(rows), false);
  }
}
