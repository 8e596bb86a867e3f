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

  private long[] ids = {};
  private long[] licenses = {};
  private long[] times = {};
  private long[] domainSeats = {};
  private long[] deviceSeats = {};
  private byte[] outcomes = {};

  /** Of each place: the licence's number, and the row that stands there. */
  private long[] order = {};

  private int size;

  /**
   * Forgets all rows and makes room for others. Arrays that are large enough stay: a new set for
   * each round would fill the heap with what lives just long enough to be expensive.
   *
   * @param capacity how many rows there can be, at most a million
   */
  public void clear(int capacity) {
    size = 0;
    if (capacity > ids.length) {
      ids = new long[capacity];
      licenses = new long[capacity];
      times = new long[capacity];
      domainSeats = new long[capacity];
      deviceSeats = new long[capacity];
      outcomes = new byte[capacity];
      order = new long[capacity];
    }
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
    return ids[at(row)];
  }

  public long license(int row) {
    return licenses[at(row)];
  }

  public long atMillis(int row) {
    return times[at(row)];
  }

  public long domainSeat(int row) {
    return domainSeats[at(row)];
  }

  public long deviceSeat(int row) {
    return deviceSeats[at(row)];
  }

  public int outcome(int row) {
    return outcomes[at(row)];
  }

  private int at(int place) {
    return (int) order[place] & (1 << ROW_BITS) - 1;
  }

  /**
   * Puts the rows in order by rising licence number, and as they were added within a licence; none
   * is read before.
   */
  public void sort() {
    for (int row = 0; row < size; row++) {
      order[row] = licenses[row] << ROW_BITS | row;
    }
    Arrays.sort(order, 0, size);
  }
}
