package dev.licet.store.sql;

import dev.licet.domain.usage.FoldRows;
import dev.licet.domain.usage.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a slice of the journal adds to the counters: added up in memory first, and in the order of
 * the tables' keys, so that each row is written once and near the one before.
 */
public final class FoldDeltas {
  private static final long HOUR_MILLIS = 3_600_000;
  private static final int OUTCOMES = Outcome.values().length;

  /** Bits of an event's id that count within a block. */
  private static final int BLOCK_BITS = 16;

  /**
   * Uses of a licence.
   *
   * @param counts by outcome number
   * @param lastAt of the valid ones; 0 for none
   */
  public record LicenseUses(long licenseNo, long[] counts, long lastAt) {}

  /** Valid uses of a seat. */
  public record SeatUses(long seatNo, long count, long lastAt) {}

  /** Uses of a licence within an hour, with one outcome. */
  public record HourUses(long hour, long licenseNo, int outcome, long count) {}

  /** Where an event of a licence stands. */
  public record IndexRow(long block, long licenseNo, long id) {}

  /** When the first and the last event of a block happened, as far as this slice knows. */
  public record BlockTimes(long block, long firstAt, long lastAt) {}

  private record HourKey(long hour, long licenseNo, int outcome) {}

  private final List<LicenseUses> licenses = new ArrayList<>();
  private final Map<Long, SeatUses> seats = new HashMap<>();
  private final Map<HourKey, Long> hours = new HashMap<>();
  private final List<IndexRow> index;
  private final Map<Long, BlockTimes> blocks = new HashMap<>();

  /** Adds up the rows from {@code fromRow} to before {@code toRow}. */
  public FoldDeltas(FoldRows rows, int fromRow, int toRow) {
    index = new ArrayList<>(toRow - fromRow);
    for (int row = fromRow; row < toRow; row++) {
      addLicense(rows, row);
      if (rows.outcome(row) == Outcome.VALID.number()) {
        addSeat(rows.domainSeat(row), rows.atMillis(row));
        addSeat(rows.deviceSeat(row), rows.atMillis(row));
      }
      long hour = rows.atMillis(row) / HOUR_MILLIS;
      hours.merge(new HourKey(hour, rows.license(row), rows.outcome(row)), 1L, Long::sum);
      long block = rows.id(row) >> BLOCK_BITS;
      index.add(new IndexRow(block, rows.license(row), rows.id(row)));
      blocks.merge(
          block,
          new BlockTimes(block, rows.atMillis(row), rows.atMillis(row)),
          (a, b) ->
              new BlockTimes(block, Math.min(a.firstAt, b.firstAt), Math.max(a.lastAt, b.lastAt)));
    }
    index.sort(Comparator.comparingLong(IndexRow::block));
  }

  private void addLicense(FoldRows rows, int row) {
    long license = rows.license(row);
    if (licenses.isEmpty() || licenses.getLast().licenseNo != license) {
      licenses.add(new LicenseUses(license, new long[OUTCOMES], 0));
    }
    LicenseUses uses = licenses.getLast();
    uses.counts[rows.outcome(row)]++;
    if (rows.outcome(row) == Outcome.VALID.number() && rows.atMillis(row) > uses.lastAt) {
      licenses.set(licenses.size() - 1, new LicenseUses(license, uses.counts, rows.atMillis(row)));
    }
  }

  private void addSeat(long seat, long at) {
    if (seat != 0) {
      seats.merge(
          seat,
          new SeatUses(seat, 1, at),
          (a, b) -> new SeatUses(seat, a.count + b.count, Math.max(a.lastAt, b.lastAt)));
    }
  }

  /** By licence. */
  public List<LicenseUses> licenses() {
    return licenses;
  }

  /** By seat. */
  public List<SeatUses> seats() {
    return seats.values().stream().sorted(Comparator.comparingLong(SeatUses::seatNo)).toList();
  }

  /** By hour, licence and outcome. */
  public List<HourUses> hours() {
    return hours.entrySet().stream()
        .map(entry ->
            new HourUses(
                entry.getKey().hour,
                entry.getKey().licenseNo,
                entry.getKey().outcome,
                entry.getValue()))
        .sorted(
            Comparator.comparingLong(HourUses::hour)
                .thenComparingLong(HourUses::licenseNo)
                .thenComparingInt(HourUses::outcome))
        .toList();
  }

  /** By block, licence and id. */
  public List<IndexRow> index() {
    return index;
  }

  /** By block. */
  public List<BlockTimes> blocks() {
    return blocks.values().stream().sorted(Comparator.comparingLong(BlockTimes::block)).toList();
  }
}
