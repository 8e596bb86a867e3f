package dev.licet.domain.usage;

import java.util.Arrays;

/**
 * Events of the journal in columns, without their texts: what the fold counts. Columns rather than
 * objects because a round may hold a hundred thousand.
 */
public final class FoldRows {
  /**
   * Rows are at most a million, and licences 2^43, so that both fit into one number for sorting.
   */
  private static final int ROW_BITS = 20;

  private long[] ids;
  private long[] licenses;
  private long[] times;
  private long[] domainSeats;
  private long[] deviceSeats;
  private byte[] outcomes;
  private int size;

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
    if (size == ids.length) {
      grow();
    }
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
    return ids[row];
  }

  public long license(int row) {
    return licenses[row];
  }

  public long atMillis(int row) {
    return times[row];
  }

  public long domainSeat(int row) {
    return domainSeats[row];
  }

  public long deviceSeat(int row) {
    return deviceSeats[row];
  }

  public int outcome(int row) {
    return outcomes[row];
  }

  /**
   * The same rows by rising licence number, and in the order in which they were added within a
   * licence.
   */
  public FoldRows sorted() {
    long[] order = new long[size];
    for (int row = 0; row < size; row++) {
      order[row] = licenses[row] << ROW_BITS | row;
    }
    Arrays.sort(order);
    FoldRows result = new FoldRows(size);
    for (long place : order) {
      int row = (int) (place & (1 << ROW_BITS) - 1);
      result.add(
          ids[row], licenses[row], times[row], outcomes[row], domainSeats[row], deviceSeats[row]);
    }
    return result;
  }

  private void grow() {
    int capacity = Math.max(16, size * 2);
    ids = Arrays.copyOf(ids, capacity);
    licenses = Arrays.copyOf(licenses, capacity);
    times = Arrays.copyOf(times, capacity);
    domainSeats = Arrays.copyOf(domainSeats, capacity);
    deviceSeats = Arrays.copyOf(deviceSeats, capacity);
    outcomes = Arrays.copyOf(outcomes, capacity);
  }
}
