package dev.licet.store.sql;

import dev.licet.domain.usage.UsageName;

/**
 * Names that this process has written to the database, as far as it remembers: what is forgotten is
 * written once more. For one thread.
 */
final class KnownNames {
  private static final int SLOTS = 1 << 17;

  private final long[] slots = new long[SLOTS];

  boolean contains(long licenseNo, UsageName.Kind kind, long hash, int month) {
    long mark = mark(licenseNo, kind, hash, month);
    return slots[slot(mark)] == mark;
  }

  void add(UsageName name) {
    long mark = mark(name.licenseNo(), name.kind(), name.hash(), name.month());
    slots[slot(mark)] = mark;
  }

  private static int slot(long mark) {
    return (int) (mark >>> 40) & (SLOTS - 1);
  }

  private static long mark(long licenseNo, UsageName.Kind kind, long hash, int month) {
    long mark = hash * 0x9e3779b97f4a7c15L + licenseNo;
    mark = (mark ^ (mark >>> 32)) * 0xd6e8feb86659fd93L + month * 2L + kind.number();
    mark = (mark ^ (mark >>> 32)) * 0xd6e8feb86659fd93L;
    return mark == 0 ? 1 : mark ^ (mark >>> 32);
  }
}
