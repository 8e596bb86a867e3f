package dev.licet.cache;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Numbers of rows that changed, and when each did last: an open-addressing table in one array, 32
 * to 64 bytes a number, that is read for every validation. Changes take turns; who reads takes no
 * lock, and sees all changes that had been noted before it began.
 */
final class ChangedNumbers {
  private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(long[].class);
  private static final int FIRST_SLOTS = 64;

  /** Where a number stands that nothing is known of. */
  private static final long NEVER = 0;

  /** By slot: the number and one, 0 for none; the position of its last change. */
  private volatile long[] cells = new long[FIRST_SLOTS * 2];

  private int size;

  /**
   * Whether a number changed after a position.
   *
   * @param no 0 or more
   */
  boolean changedSince(long position, long no) {
    long[] table = cells;
    int slot = slot(table, no);
    long changedAt = isFree(table, slot) ? NEVER : (long) CELL.getVolatile(table, slot + 1);
    return changedAt > position;
  }

  /**
   * Notes a change, in any order with others of the same number.
   *
   * @param position above 0
   */
  synchronized void changed(long no, long position) {
    long[] table = cells;
    int slot = slot(table, no);
    if (!isFree(table, slot)) {
      long before = (long) CELL.getVolatile(table, slot + 1);
      CELL.setVolatile(table, slot + 1, Math.max(before, position));
      return;
    }
    put(table, slot, no, position);
    size++;
    if (size * 4 > table.length) {
      rebuild(table.length * 2, NEVER);
    }
  }

  /** Forgets changes up to a position. */
  synchronized void forget(long position) {
    int kept = 0;
    for (int slot = 0; slot < cells.length; slot += 2) {
      kept += cells[slot + 1] > position ? 1 : 0;
    }
    int length = FIRST_SLOTS * 2;
    while (kept * 4 > length) {
      length *= 2;
    }
    rebuild(length, position);
  }

  private void rebuild(int length, long after) {
    long[] old = cells;
    long[] fresh = new long[length];
    size = 0;
    for (int slot = 0; slot < old.length; slot += 2) {
      if (!isFree(old, slot) && old[slot + 1] > after) {
        long no = old[slot] - 1;
        put(fresh, slot(fresh, no), no, old[slot + 1]);
        size++;
      }
    }
    cells = fresh;
  }

  private static void put(long[] table, int slot, long no, long position) {
    table[slot + 1] = position;
    CELL.setVolatile(table, slot, no + 1); // who finds the number finds its position too
  }

  /** The slot that has a number, or the free one where it would be. */
  private static int slot(long[] table, long no) {
    int mask = table.length - 2;
    int slot = (int) ((no * 0x9e3779b97f4a7c15L) >>> 32) & mask;
    while (true) {
      long found = (long) CELL.getVolatile(table, slot);
      if (found == 0 || found == no + 1) {
        return slot;
      }
      slot = slot + 2 & mask;
    }
  }

  private static boolean isFree(long[] table, int slot) {
    return (long) CELL.getVolatile(table, slot) == 0;
  }
}
