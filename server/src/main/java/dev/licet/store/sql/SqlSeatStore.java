package dev.licet.store.sql;

import dev.licet.domain.Page;
import dev.licet.domain.activation.Seat;
import dev.licet.domain.activation.SeatKind;
import dev.licet.domain.activation.SeatStore;
import dev.licet.domain.activation.SeatView;
import dev.licet.domain.usage.UsageTotals;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The seats of licences. */
final class SqlSeatStore implements SeatStore {
  private static final String COLUMNS = "no, id, license_no, kind, value, by_vendor, first_seen_at";

  /** Seats in use. */
  private static final String COUNT =
      "SELECT COUNT(*) FROM activations WHERE license_no = :license AND kind = :kind";

  /** The seat that a domain or device has. */
  private static final String FIND =
      "SELECT "
          + COLUMNS
          + " FROM activations WHERE license_no = :license AND kind = :kind AND value = :value";

  /** One seat by its id. */
  private static final String FIND_BY_ID =
      "SELECT " + COLUMNS + " FROM activations WHERE license_no = :license AND id = :id";

  /** A page of a licence's seats. */
  private static final String LIST =
      "SELECT "
          + COLUMNS
          + " FROM activations WHERE license_no = :license ORDER BY id DESC LIMIT :rows";

  /** The next page of a licence's seats. */
  private static final String LIST_AFTER =
      "SELECT "
          + COLUMNS
          + """
           FROM activations WHERE license_no = :license AND id < :after
          ORDER BY id DESC LIMIT :rows
          """;

  /** The first seats of each kind of several licences. */
  private static final String OF_LICENSES =
      "SELECT "
          + COLUMNS
          + """
           FROM (
            SELECT a.*, ROW_NUMBER() OVER (PARTITION BY license_no, kind ORDER BY no) AS place
            FROM activations a WHERE license_no <in_nos>) numbered
          WHERE place <= :limit_each ORDER BY no
          """;

  /** Adds a seat. */
  private static final String INSERT =
      """
      INSERT INTO activations (id, license_no, kind, value, by_vendor, first_seen_at)
      VALUES (:id, :license, :kind, :value, :by_vendor, :first_seen_at)
      RETURNING no
      """;

  /** Removes a seat. */
  private static final String DELETE = "DELETE FROM activations WHERE no = :no";

  /** Removes what was counted for a seat. */
  private static final String DELETE_USAGE =
      "DELETE FROM activation_usage WHERE activation_no = :no";

  private final Handle handle;

  SqlSeatStore(Handle handle) {
    this.handle = handle;
  }

  @Override
  public int count(long licenseNo, SeatKind kind) {
    return handle
        .createQuery(COUNT)
        .bind("license", licenseNo)
        .bind("kind", kind.text())
        .mapTo(Integer.class)
        .one();
  }

  @Override
  public Optional<Seat> find(long licenseNo, SeatKind kind, String value) {
    return handle
        .createQuery(FIND)
        .bind("license", licenseNo)
        .bind("kind", kind.text())
        .bind("value", value)
        .map((row, context) -> seat(row))
        .findOne();
  }

  @Override
  public Seat insert(Seat seat) {
    long no =
        handle
            .createQuery(INSERT)
            .bind("id", seat.id())
            .bind("license", seat.licenseNo())
            .bind("kind", seat.kind().text())
            .bind("value", seat.value())
            .bind("by_vendor", Rows.flag(seat.byVendor()))
            .bind("first_seen_at", seat.firstSeenAt().toEpochMilli())
            .mapTo(Long.class)
            .one();
    return new Seat(
        no,
        seat.id(),
        seat.licenseNo(),
        seat.kind(),
        seat.value(),
        seat.byVendor(),
        seat.firstSeenAt());
  }

  @Override
  public Optional<Seat> delete(long licenseNo, String seatId) {
    Optional<Seat> found = find(licenseNo, seatId);
    if (found.isEmpty()) {
      return found;
    }
    long no = found.get().no();
    handle.createUpdate(DELETE_USAGE).bind("no", no).execute();
    return handle.createUpdate(DELETE).bind("no", no).execute() > 0 ? found : Optional.empty();
  }

  @Override
  public Map<Long, List<Seat>> ofLicenses(Collection<Long> licenseNos, int limitEach) {
    return handle
        .createQuery(OF_LICENSES)
        .bind("nos", Rows.list(licenseNos))
        .bind("limit_each", limitEach)
        .map((row, context) -> seat(row))
        .stream()
        .collect(Collectors.groupingBy(Seat::licenseNo));
  }

  @Override
  public Page<SeatView> list(long licenseNo, int limit, @Nullable String startingAfter) {
    var query = handle.createQuery(startingAfter == null ? LIST : LIST_AFTER);
    if (startingAfter != null) {
      query.bind("after", startingAfter);
    }
    List<Seat> seats =
        query
            .bind("license", licenseNo)
            .bind("rows", limit + 1)
            .map((row, context) -> seat(row))
            .list();
    Page<Seat> page = Page.of(seats, limit);
    return new Page<>(views(licenseNo, page.data()), page.hasMore());
  }

  @Override
  public Optional<SeatView> view(long licenseNo, String seatId) {
    return find(licenseNo, seatId).map(seat -> views(licenseNo, List.of(seat)).getFirst());
  }

  private Optional<Seat> find(long licenseNo, String seatId) {
    return handle
        .createQuery(FIND_BY_ID)
        .bind("license", licenseNo)
        .bind("id", seatId)
        .map((row, context) -> seat(row))
        .findOne();
  }

  private List<SeatView> views(long licenseNo, List<Seat> seats) {
    Map<Long, UsageTotals> usage =
        UsageTail.seatTotals(handle, licenseNo, seats.stream().map(Seat::no).toList());
    return seats.stream()
        .map(seat -> new SeatView(seat, usage.getOrDefault(seat.no(), UsageTotals.NONE)))
        .toList();
  }

  static Seat seat(ResultSet row) throws SQLException {
    return new Seat(
        row.getLong("no"),
        row.getString("id"),
        row.getLong("license_no"),
        SeatKind.of(row.getString("kind")).orElseThrow(),
        row.getString("value"),
        Rows.flag(row, "by_vendor"),
        Rows.instant(row, "first_seen_at"));
  }
}
