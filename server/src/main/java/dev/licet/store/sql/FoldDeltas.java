package dev.licet.store.sql;

import dev.licet.domain.usage.FoldRows;
import dev.licet.domain.usage.FoldStore.Position;
import dev.licet.domain.usage.MonthlyUse;
import dev.licet.domain.usage.Outcome;
import dev.licet.domain.usage.UsageGroup;
import dev.licet.domain.usage.UsageName;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
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
  private static final int QUARTERS = 4;
  private static final long HOUR_MILLIS = QUARTERS * FoldRows.QUARTER_MILLIS;

  /** Columns of the keys of hours and days, and of accounts. */
  private static final int HOUR_KEY = 8;

  private static final int ACCOUNT_KEY = 7;

  /** Bits of an event's id that count within a block. */
  private static final int BLOCK_BITS = 16;

  /**
   * A round of so many events stands in runs: an index of single events costs several times more.
   */
  private static final int LARGE_ROUND = 32_768;

  private final List<long[]> licenses = new ArrayList<>();
  private final Map<Long, long[]> seats = new HashMap<>();
  private final UsageSums hours = new UsageSums(HOUR_KEY, QUARTERS);
  private final UsageSums days = new UsageSums(HOUR_KEY, 1);
  private final UsageSums accounts = new UsageSums(ACCOUNT_KEY, QUARTERS);
  private final List<long[]> index = new ArrayList<>();
  private final Map<Block, long[]> blocks = new TreeMap<>();
  private final List<UsageName> names;
  private final List<long[]> networks;
  private final @Nullable Run run;

  /** A part of the history index: a block of ids, or a round, on a day. */
  private record Block(long day, long no) implements Comparable<Block> {
    @Override
    public int compareTo(Block other) {
      return day == other.day ? Long.compare(no, other.no) : Long.compare(day, other.day);
    }
  }

  /**
   * Where the events of a slice stand.
   *
   * @param places as {@link RunCodec} writes them
   * @param day of the last of them
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Run(long roundTo, long lastLicense, byte[] places, long day) {
    /** Notes where the events of a slice stand. */
    public static final String INSERT =
        "INSERT INTO usage_runs (round_to, last_license, places, day) VALUES (?, ?, ?, ?)";

    /** Runs {@link #INSERT}. */
    public void insert(PreparedStatement insert) throws SQLException {
      insert.setLong(1, roundTo);
      insert.setLong(2, lastLicense);
      insert.setBytes(3, places);
      insert.setLong(4, day);
      insert.executeUpdate();
    }
  }

  /** Adds up the rows from {@code fromRow} to before {@code toRow} of a round. */
  FoldDeltas(FoldRows rows, int fromRow, int toRow, Position round) {
    boolean large = round.roundTo() - round.foldedTo() >= LARGE_ROUND;
    run = large && fromRow < toRow ? run(rows, fromRow, toRow, round) : null;
    names =
        fromRow < toRow ? rows.namesOf(rows.license(fromRow), rows.license(toRow - 1)) : List.of();
    networks = fromRow < toRow ? networks(rows, fromRow, toRow) : List.of();
    for (int row = fromRow, end; row < toRow; row = end) {
      end = rows.endOfAlike(row, toRow);
      add(rows, row, end);
    }
    if (run == null) {
      addPlaces(rows, fromRow, toRow);
    } else {
      addBlock(rows, fromRow, toRow, new Block(run.day(), -round.roundTo()));
    }
    index.sort(
        Comparator.<long[]>comparingLong(row -> row[0])
            .thenComparingLong(row -> row[1])
            .thenComparingLong(row -> row[2])
            .thenComparingLong(row -> row[3]));
  }

  /** Adds rows of a licence that are counted alike. */
  private void add(FoldRows rows, int fromRow, int toRow) {
    int uses = toRow - fromRow;
    int outcome = rows.outcome(fromRow);
    long last = Long.MIN_VALUE;
    for (int row = fromRow; row < toRow; row++) {
      last = Math.max(last, rows.atMillis(row));
    }
    addLicense(rows.license(fromRow), outcome, uses, last);
    addTimes(rows, fromRow, uses);
    if (outcome == Outcome.VALID.number()) {
      addSeat(rows.domainSeat(fromRow), uses, last);
      addSeat(rows.deviceSeat(fromRow), uses, last);
    }
  }

  /** Widens the times of a block by those of all rows. */
  private void addBlock(FoldRows rows, int fromRow, int toRow, Block block) {
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    for (int row = fromRow; row < toRow; row++) {
      first = Math.min(first, rows.atMillis(row));
      last = Math.max(last, rows.atMillis(row));
    }
    addBlock(block, first);
    addBlock(block, last);
  }

  private void addPlaces(FoldRows rows, int fromRow, int toRow) {
    for (int row = fromRow; row < toRow; row++) {
      long at = rows.atMillis(row);
      Block block = new Block(MonthlyUse.day(at), rows.id(row) >> BLOCK_BITS);
      addBlock(block, at);
      index.add(
          new long[] {
            block.day(), block.no(), rows.license(row), rows.id(row), at, rows.outcome(row)
          });
    }
  }

  private static List<long[]> networks(FoldRows rows, int fromRow, int toRow) {
    return rows.networksOf(rows.license(fromRow), rows.license(toRow - 1)).stream()
        .map(it ->
            new long[] {it.day(), it.accountNo(), it.live() ? 1 : 0, it.licenseNo(), it.network()})
        .sorted(Arrays::compare)
        .toList();
  }

  private static Run run(FoldRows rows, int fromRow, int toRow, Position round) {
    long last = Long.MIN_VALUE;
    for (int row = fromRow; row < toRow; row++) {
      last = Math.max(last, rows.atMillis(row));
    }
    return new Run(
        round.roundTo(),
        rows.license(toRow - 1),
        RunCodec.encode(rows, fromRow, toRow),
        MonthlyUse.day(last));
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

  /**
   * By hour, account, mode, licence, outcome, domain, device and country: these, and the uses of
   * the hour's four quarters.
   */
  public List<long[]> hours() {
    return hours.rows();
  }

  /** As {@link #hours}, by day, with the uses of the whole day. */
  public List<long[]> days() {
    return days.rows();
  }

  /**
   * By account, mode, hour, plan, product, outcome and country: these, and the uses of the hour's
   * four quarters.
   */
  public List<long[]> accounts() {
    return accounts.rows();
  }

  /** Names that the database may not know, by licence. */
  public List<UsageName> names() {
    return names;
  }

  /**
   * By day, account, mode, licence and network: these, of valid uses, where the database may not
   * know them.
   */
  public List<long[]> networks() {
    return networks;
  }

  /** Of a small round, by day, block, licence and id: these, the time and the outcome's number. */
  public List<long[]> index() {
    return index;
  }

  /**
   * By day and block: these, and the times of the first and last event as far as this slice knows.
   */
  public List<long[]> blocks() {
    return List.copyOf(blocks.values());
  }

  /** Of a large round: where the events stand. */
  public @Nullable Run run() {
    return run;
  }

  private void addLicense(long license, int outcome, int count, long at) {
    for (int i = licenses.size() - 1; i >= 0 && licenses.get(i)[0] == license; i--) {
      long[] uses = licenses.get(i);
      if (uses[1] == outcome) {
        uses[2] += count;
        uses[3] = Math.max(uses[3], at);
        return;
      }
    }
    licenses.add(new long[] {license, outcome, count, at});
  }

  private void addSeat(long seat, int count, long at) {
    if (seat != 0) {
      long[] uses = seats.computeIfAbsent(seat, no -> new long[] {no, 0, at});
      uses[1] += count;
      uses[2] = Math.max(uses[2], at);
    }
  }

  private void addTimes(FoldRows rows, int row, int uses) {
    UsageGroup group = rows.group(row);
    if (group.equals(UsageGroup.UNKNOWN)) {
      return;
    }
    long at = rows.atMillis(row);
    long hour = Math.floorDiv(at, HOUR_MILLIS);
    int quarter = (int) (Math.floorMod(at, HOUR_MILLIS) / FoldRows.QUARTER_MILLIS);
    long live = group.live() ? 1 : 0;
    long account = group.accountNo();
    long license = rows.license(row);
    long outcome = rows.outcome(row);
    long domain = rows.domain(row);
    long device = rows.device(row);
    long country = rows.country(row);
    hours.add(quarter, uses, hour, account, live, license, outcome, domain, device, country);
    days.add(0, uses, MonthlyUse.day(at), account, live, license, outcome, domain, device, country);
    accounts.add(
        quarter, uses, account, live, hour, group.planNo(), group.productNo(), outcome, country);
  }

  private void addBlock(Block block, long at) {
    long[] times = blocks.computeIfAbsent(block, key -> new long[] {key.day(), key.no(), at, at});
    times[2] = Math.min(times[2], at);
    times[3] = Math.max(times[3], at);
  }
}
