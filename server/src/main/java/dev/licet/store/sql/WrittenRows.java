package dev.licet.store.sql;

import java.util.Arrays;

/**
 * Rows of licences that this process has written to the database, as far as it remembers: what is
 * forgotten is written once more. For one thread.
 */
final class WrittenRows {
  /**
   * Slots that a row may be in: with a single one, of a table that is a fifth full nearly a fifth
   * of the rows displace each other, and are written again in each round.
   */
  private static final int WAYS = 4;

  private final long[] slots;
  private final int shift;

  /**
   * @param bits of the number of rows that are remembered, at least 2
   */
  WrittenRows(int bits) {
    slots = new long[1 << bits];
    shift = Long.SIZE - bits;
  }

  /**
   * Whether it is remembered.
   *
   * @param kind what it is of, 0 or 1
   * @param time for which it is written
   */
  boolean contains(long licenseNo, int kind, long value, long time) {
    long mark = mark(licenseNo, kind, value, time);
    return slot(mark, first(mark)) >= 0;
  }

  /** Remembers a row, in the place of the one of its slots that has been there for longest. */
  void add(long licenseNo, int kind, long value, long time) {
    long mark = mark(licenseNo, kind, value, time);
    int first = first(mark);
    if (slot(mark, first) < 0) {
      System.arraycopy(slots, first, slots, first + 1, WAYS - 1);
      slots[first] = mark;
    }
  }

  private int first(long mark) {
    return (int) (mark >>> shift) & -WAYS;
  }

  /** Where a row is from {@code first} on; negative when it is not there. */
  private int slot(long mark, int first) {
    for (int slot = first; slot < first + WAYS; slot++) {
      if (slots[slot] == mark) {
        return slot;
      }
    }
    return -1;
  }

  /** Remembers nothing more. */
  void clear() {
    Arrays.fill(slots, 0);
  }

  private static long mark(long licenseNo, int kind, long value, long time) {
    long mark = value * 0x9e3779b97f4a7c15L + licenseNo;
    mark = (mark ^ (mark >>> 32)) * 0xd6e8feb86659fd93L + time * 2L + kind;
    mark = (mark ^ (mark >>> 32)) * 0xd6e8feb86659fd93L;
    return mark == 0 ? 1 : mark ^ (mark >>> 32);
  }
}
