package dev.licet.domain.usage;

import java.util.Arrays;

/**
 * Events of the journal in columns, without their texts: what the fold counts. Columns rather than
 * objects because a round may hold some hundred thousand.
 */
public final class FoldRows {
  /**
   * Rows are at most a million, and licences 2^43, so that both fit into one number for sorting.
   */
  private static final int ROW_BITS = 20;

  private final long[] ids;
  private final long[] licenses;
  private final long[] times;
  private final long[] domainSeats;
  private final long[] deviceSeats;
  private final byte[] outcomes;

  /** The rows as they are sorted; empty before. */
  private int[] order = {};

  private int size;

  /**
   * @param capacity how many rows there can be, at most a million
   */
  public FoldRows(int capacity) {
    ids = new long[capacity];
    licenses = new long[capacity];
    times = new long[capacity];
    domainSeats = new long[capacity];
    deviceSeats = new long[capacity];
    outcomes = new byte[capacity];
  }

  /** Appends a row. */
  public void add(
      long id, long licenseNo, long atMillis, int outcome, long domainSeat, long deviceSeat) {
    ids[size] = id;
    licenses[size] = licenseNo;
    times[size] = atMillis;
    domainSeats[size] = domainSeat;
    deviceSeats[size] = deviceSeat;
    outcomes[size++] = (byte) outcome;
  }

  public int size() {
    return size;
  }

  public long id(int row) {
    return ids[order[row]];
  }

  public long license(int row) {
    return licenses[order[row]];
  }

  public long atMillis(int row) {
    return times[order[row]];
  }

  public long domainSeat(int row) {
    return domainSeats[order[row]];
  }

  public long deviceSeat(int row) {
    return deviceSeats[order[row]];
  }

  public int outcome(int row) {
    return outcomes[order[row]];
  }

  /**
   * Puts the rows in order by rising licence number, and as they were added within a licence; none
   * is read before.
   */
  public void sort() {
    long[] keys = new long[size];
    for (int row = 0; row < size; row++) {
      keys[row] = licenses[row] << ROW_BITS | row;
    }
    Arrays.sort(keys);
    order = new int[size];
    for (int place = 0; place < size; place++) {
      order[place] = (int) keys[place] & (1 << ROW_BITS) - 1;
    }
  }
}
