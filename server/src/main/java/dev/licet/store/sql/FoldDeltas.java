package dev.licet.store.sql;

import dev.licet.domain.usage.FoldRows;
import dev.licet.domain.usage.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * What a slice of the journal adds to the counters: added up in memory first, and in the order of
 * the tables' keys, so that each row is written once and near the one before. Every row is an array
 * of its columns' values.
 */
public final class FoldDeltas {
  private static final long HOUR_MILLIS = 3_600_000;
  private static final int OUTCOMES = Outcome.values().length;

  /** Bits of an event's id that count within a block. */
  private static final int BLOCK_BITS = 16;

  private final List<long[]> licenses = new ArrayList<>();
  private final List<long[]> seats;
  private final List<long[]> hours;
  private final List<long[]> index;
  private final List<long[]> blocks;

  /** Adds up the rows from {@code fromRow} to before {@code toRow}, which are sorted by licence. */
  public FoldDeltas(FoldRows rows, int fromRow, int toRow) {
    int size = toRow - fromRow;
    index = new ArrayList<>(size);
    List<long[]> seatUses = new ArrayList<>(2 * size);
    List<long[]> hourUses = new ArrayList<>(size);
    List<long[]> blockTimes = new ArrayList<>(size);
    for (int row = fromRow; row < toRow; row++) {
      long license = rows.license(row);
      long at = rows.atMillis(row);
      int outcome = rows.outcome(row);
      boolean valid = outcome == Outcome.VALID.number();
      addLicense(license, outcome, valid ? at : 0);
      if (valid) {
        addSeat(seatUses, rows.domainSeat(row), at);
        addSeat(seatUses, rows.deviceSeat(row), at);
      }
      hourUses.add(new long[] {at / HOUR_MILLIS, license, outcome, 1});
      long block = rows.id(row) >> BLOCK_BITS;
      index.add(new long[] {block, license, rows.id(row), at, outcome});
      blockTimes.add(new long[] {block, at, at});
    }
    index.sort(byFirst(1)); // keeps the order within a block
    seats = merged(seatUses, 1, FoldDeltas::addUses);
    hours = merged(hourUses, 3, (sum, more) -> sum[3] += more[3]);
    blocks = merged(blockTimes, 1, FoldDeltas::widen);
  }

  /** By licence: its number, counts by outcome number, and when it was last found valid or 0. */
  public List<long[]> licenses() {
    return licenses;
  }

  /** By seat: its number, valid uses, and the last of them. */
  public List<long[]> seats() {
    return seats;
  }

  /** By hour, licence and outcome: these, and uses. */
  public List<long[]> hours() {
    return hours;
  }

  /** By block, licence and id: these, the time and the outcome's number. */
  public List<long[]> index() {
    return index;
  }

  /** By block: its number, and the times of its first and last event as far as this slice knows. */
  public List<long[]> blocks() {
    return blocks;
  }

  private void addLicense(long license, int outcome, long validAt) {
    if (licenses.isEmpty() || licenses.getLast()[0] != license) {
      long[] counts = new long[OUTCOMES + 2];
      counts[0] = license;
      licenses.add(counts);
    }
    long[] uses = licenses.getLast();
    uses[1 + outcome]++;
    uses[OUTCOMES + 1] = Math.max(uses[OUTCOMES + 1], validAt);
  }

  private static void addSeat(List<long[]> uses, long seat, long at) {
    if (seat != 0) {
      uses.add(new long[] {seat, 1, at});
    }
  }

  private static void addUses(long[] sum, long[] more) {
    sum[1] += more[1];
    sum[2] = Math.max(sum[2], more[2]);
  }

  private static void widen(long[] times, long[] more) {
    times[1] = Math.min(times[1], more[1]);
    times[2] = Math.max(times[2], more[2]);
  }

  /** The rows in the order of their first {@code columns}, with those that agree there as one. */
  private static List<long[]> merged(
      List<long[]> rows, int columns, BiConsumer<long[], long[]> merge) {
    Comparator<long[]> byKey = byFirst(columns);
    rows.sort(byKey);
    List<long[]> result = new ArrayList<>();
    for (long[] row : rows) {
      if (!result.isEmpty() && byKey.compare(result.getLast(), row) == 0) {
        merge.accept(result.getLast(), row);
      } else {
        result.add(row);
      }
    }
    return result;
  }

  private static Comparator<long[]> byFirst(int columns) {
    return (a, b) -> Arrays.compare(a, 0, columns, b, 0, columns);
  }
}
