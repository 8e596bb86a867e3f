package dev.licet.domain.sla;

import java.util.BitSet;

/**
 * The time in pieces of ten seconds, in each of which a node checks itself once. A check that is
 * missing is one that was not passed: a server that is down cannot say so.
 */
final class Slots {
  static final long SLOT_MILLIS = 10_000;
  static final int SLOTS_OF_HOUR = 360;
  static final long HOUR_MILLIS = SLOT_MILLIS * SLOTS_OF_HOUR;

  private Slots() {}

  /** The hour of a moment, since the epoch. */
  static long hour(long atMillis) {
    return Math.floorDiv(atMillis, HOUR_MILLIS);
  }

  /** The piece of its hour in which a moment lies. */
  static int slot(long atMillis) {
    return (int) (Math.floorMod(atMillis, HOUR_MILLIS) / SLOT_MILLIS);
  }

  /** How many pieces of an hour lie between two moments; one that was begun is not over. */
  static int between(long hour, long fromMillis, long toMillis) {
    long start = hour * HOUR_MILLIS;
    long from = Math.clamp(fromMillis - start, 0, HOUR_MILLIS) / SLOT_MILLIS;
    long to = Math.clamp(toMillis - start, 0, HOUR_MILLIS) / SLOT_MILLIS;
    return (int) Math.max(0, to - from);
  }

  /** How many bits are set of those pieces. */
  static int passedBetween(BitSet passed, long hour, long fromMillis, long toMillis) {
    long start = hour * HOUR_MILLIS;
    int from = (int) (Math.clamp(fromMillis - start, 0, HOUR_MILLIS) / SLOT_MILLIS);
    int to = (int) (Math.clamp(toMillis - start, 0, HOUR_MILLIS) / SLOT_MILLIS);
    return from >= to ? 0 : passed.get(from, to).cardinality();
  }
}
