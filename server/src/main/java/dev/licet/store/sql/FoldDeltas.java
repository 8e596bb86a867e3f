package dev.licet.store.sql;

import dev.licet.domain.usage.FoldRows;
import dev.licet.domain.usage.FoldStore.Position;
import dev.licet.domain.usage.Outcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a slice of the journal adds to the counters: added up in memory first, and in the order of
 * the tables' keys, so that each row is written once and near the one before. Every row is an array
 * of its columns' values.
 */
public final class FoldDeltas {
  private static final long HOUR_MILLIS = 3_600_000;

  /** Bits of an event's id that count within a block. */
  private static final int BLOCK_BITS = 16;

  /**
   * A round of so many events stands in runs: an index of single events costs several times more.
   */
  private static final int LARGE_ROUND = 32_768;

  private final List<long[]> licenses = new ArrayList<>();
  private final Map<Long, long[]> seats = new HashMap<>();
  private final Map<Long, List<long[]>> hours = new TreeMap<>();
  private final List<long[]> index = new ArrayList<>();
  private final Map<Long, long[]> blocks = new TreeMap<>();
  private final @Nullable Run run;

  /**
   * Where the events of a slice stand.
   *
   * @param places as {@link RunCodec} writes them
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Run(long roundTo, long lastLicense, byte[] places) {}

  /** Adds up the rows from {@code fromRow} to before {@code toRow} of a round. */
  FoldDeltas(FoldRows rows, int fromRow, int toRow, Position round) {
    boolean large = round.roundTo() - round.foldedTo() >= LARGE_ROUND;
    run =
        large && fromRow < toRow
            ? new Run(
                round.roundTo(), rows.license(toRow - 1), RunCodec.encode(rows, fromRow, toRow))
            : null;
    for (int row = fromRow; row < toRow; row++) {
      long license = rows.license(row);
      long at = rows.atMillis(row);
      int outcome = rows.outcome(row);
      addLicense(license, outcome, at);
      addHour(at / HOUR_MILLIS, license, outcome);
      if (outcome == Outcome.VALID.number()) {
        addSeat(rows.domainSeat(row), at);
        addSeat(rows.deviceSeat(row), at);
      }
      long block = large ? -round.roundTo() : rows.id(row) >> BLOCK_BITS;
      addBlock(block, at);
      if (!large) {
        index.add(new long[] {block, license, rows.id(row), at, outcome});
      }
    }
    index.sort(Comparator.comparingLong(row -> row[0])); // keeps the order within a block
  }

  /** By licence and outcome: these, uses, and the last of them. */
  public List<long[]> licenses() {
    return licenses;
  }

  /** By seat: its number, valid uses, and the last of them. */
  public List<long[]> seats() {
    List<long[]> sorted = new ArrayList<>(seats.values());
    sorted.sort(Comparator.comparingLong(row -> row[0]));
    return sorted;
  }

  /** By hour, licence and outcome: these, and uses. */
  public List<long[]> hours() {
    return hours.values().stream().flatMap(Collection::stream).toList();
  }

  /** Of a small round, by block, licence and id: these, the time and the outcome's number. */
  public List<long[]> index() {
    return index;
  }

  /** By block: its number, and the times of its first and last event as far as this slice knows. */
  public List<long[]> blocks() {
    return List.copyOf(blocks.values());
  }

  /** Of a large round: where the events stand. */
  public @Nullable Run run() {
    return run;
  }

  private void addLicense(long license, int outcome, long at) {
    for (int i = licenses.size() - 1; i >= 0 && licenses.get(i)[0] == license; i--) {
      long[] uses = licenses.get(i);
      if (uses[1] == outcome) {
        uses[2]++;
        uses[3] = Math.max(uses[3], at);
        return;
      }
    }
    licenses.add(new long[] {license, outcome, 1, at});
  }

  private void addSeat(long seat, long at) {
    if (seat != 0) {
      long[] uses = seats.computeIfAbsent(seat, no -> new long[] {no, 0, at});
      uses[1]++;
      uses[2] = Math.max(uses[2], at);
    }
  }

  private void addHour(long hour, long license, int outcome) {
    List<long[]> inHour = hours.computeIfAbsent(hour, ignored -> new ArrayList<>());
    for (int i = inHour.size() - 1; i >= 0 && inHour.get(i)[1] == license; i--) {
      if (inHour.get(i)[2] == outcome) {
        inHour.get(i)[3]++;
        return;
      }
    }
    inHour.add(new long[] {hour, license, outcome, 1});
  }

  private void addBlock(long block, long at) {
    long[] times = blocks.computeIfAbsent(block, no -> new long[] {no, at, at});
    times[1] = Math.min(times[1], at);
    times[2] = Math.max(times[2], at);
  }
}
