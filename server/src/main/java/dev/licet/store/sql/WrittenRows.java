package dev.licet.store.sql;

import java.util.Arrays;

/**
 * Rows of licences that this process has written to the database, as far as it remembers: what is
 * forgotten is written once more. For one thread.
 */
final class WrittenRows {
  private final long[] slots;
  private final int shift;

  /**
   * @param bits of the number of rows that are remembered
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
    return slots[(int) (mark >>> shift)] == mark;
  }

  void add(long licenseNo, int kind, long value, long time) {
    long mark = mark(licenseNo, kind, value, time);
    slots[(int) (mark >>> shift)] = mark;
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
