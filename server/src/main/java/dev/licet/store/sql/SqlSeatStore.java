package dev.licet.store.sql;

import dev.licet.domain.Page;
import dev.licet.domain.activation.Seat;
import dev.licet.domain.activation.SeatKind;
import dev.licet.domain.activation.SeatStore;
import dev.licet.domain.activation.SeatView;
import dev.licet.domain.usage.UsageTotals;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The seats of licences. */
final class SqlSeatStore implements SeatStore {
  private static final String COLUMNS =
      "no, id, license_no, kind, value, by_vendor, first_seen_at, leased_until";

  /** That a seat is in use: see {@link Seat#isHeldAt}. */
  private static final String HELD = " (leased_until IS NULL OR leased_until > :now)";

  /** Seats in use. */
  private static final String COUNT =
      "SELECT COUNT(*) FROM activations WHERE license_no = :license AND kind = :kind AND" + HELD;

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
          + " FROM activations WHERE license_no = :license AND"
          + HELD
          + " ORDER BY id DESC LIMIT :rows";

  /** The next page of a licence's seats. */
  private static final String LIST_AFTER =
      "SELECT "
          + COLUMNS
          + " FROM activations WHERE license_no = :license AND id < :after AND"
          + HELD
          + " ORDER BY id DESC LIMIT :rows";

  /** The first seats of each kind of several licences. */
  private static final String OF_LICENSES =
      "SELECT "
          + COLUMNS
          + """
           FROM (
            SELECT a.*, ROW_NUMBER() OVER (PARTITION BY license_no, kind ORDER BY no) AS place
            FROM activations a
            WHERE license_no <in_nos> AND (leased_until IS NULL OR leased_until > :now)) numbered
          WHERE place <= :limit_each ORDER BY no
          """;

  /** Adds a seat. */
  private static final String INSERT =
      """
      INSERT INTO activations (id, license_no, kind, value, by_vendor, first_seen_at,
        leased_until)
      VALUES (:id, :license, :kind, :value, :by_vendor, :first_seen_at, :leased_until)
      RETURNING no
      """;

  /** Removes a seat. */
  private static final String DELETE = "DELETE FROM activations WHERE no = :no";

  /** Removes what was counted for a seat. */
  private static final String DELETE_USAGE =
      "DELETE FROM activation_usage WHERE activation_no = :no";

  /** Seats whose lease is over. */
  private static final String EXPIRED =
      "SELECT "
          + COLUMNS
          + """
           FROM activations WHERE license_no = :license AND leased_until <= :now
          ORDER BY leased_until, no LIMIT :rows
          """;

  /** Leases a seat anew. */
  private static final String LEASE = "UPDATE activations SET leased_until = :until WHERE no = :no";

  /** Shortens leases, and begins them. */
  private static final String CAP_LEASES =
      """
      UPDATE activations SET leased_until = :until
      WHERE kind = 'device' AND (leased_until IS NULL OR leased_until > :until) AND
      """;

  /** Ends leases that are not over. */
  private static final String END_LEASES =
      """
      UPDATE activations SET leased_until = NULL WHERE kind = 'device' AND leased_until > :now AND
      """;

  private static final String ON_PLAN =
      "license_no IN (SELECT no FROM licenses WHERE plan_no = :scope)";

  private static final String OF_LICENSE = "license_no = :scope";

  /** When seats were given back. */
  private static final String RELEASES =
      "SELECT at FROM seat_releases WHERE license_no = :license AND at > :since ORDER BY at";

  /** Notes that a seat was given back. */
  private static final String NOTE_RELEASE =
      "INSERT INTO seat_releases (license_no, at) VALUES (:license, :at)";

  /** Forgets what was noted long ago. */
  private static final String FORGET_RELEASES =
      "DELETE FROM seat_releases WHERE license_no = :license AND at <= :before";

  /** Forgets what was noted longest ago, of all accounts. */
  private static final String FORGET_OLDEST_RELEASES =
      """
      DELETE FROM seat_releases WHERE (license_no, at) IN (
        SELECT license_no, at FROM seat_releases WHERE at <= :before ORDER BY at LIMIT :limit)
      """;

  /** Some seats of all accounts, in use or not. */
  private static final String AFTER =
      "SELECT " + COLUMNS + " FROM activations WHERE no > :no ORDER BY no LIMIT :rows";

  private final Handle handle;

  SqlSeatStore(Handle handle) {
    this.handle = handle;
  }

  @Override
  public int count(long licenseNo, SeatKind kind, Instant now) {
    return handle
        .createQuery(COUNT)
        .bind("now", now.toEpochMilli())
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
            .bind("leased_until", Rows.millis(seat.leasedUntil()))
            .mapTo(Long.class)
            .one();
    return new Seat(
        no,
        seat.id(),
        seat.licenseNo(),
        seat.kind(),
        seat.value(),
        seat.byVendor(),
        seat.firstSeenAt(),
        seat.leasedUntil());
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
  public List<Seat> expired(long licenseNo, int limit, Instant now) {
    return handle
        .createQuery(EXPIRED)
        .bind("license", licenseNo)
        .bind("now", now.toEpochMilli())
        .bind("rows", limit)
        .map((row, context) -> seat(row))
        .list();
  }

  @Override
  public void lease(long seatNo, @Nullable Instant until) {
    handle.createUpdate(LEASE).bind("no", seatNo).bind("until", Rows.millis(until)).execute();
  }

  @Override
  public void capLeases(Scope scope, Instant until) {
    handle
        .createUpdate(CAP_LEASES + where(scope))
        .bind("until", until.toEpochMilli())
        .bind("scope", scope.no())
        .execute();
  }

  @Override
  public void endLeases(Scope scope, Instant now) {
    handle
        .createUpdate(END_LEASES + where(scope))
        .bind("now", now.toEpochMilli())
        .bind("scope", scope.no())
        .execute();
  }

  private static String where(Scope scope) {
    return scope.wholePlan() ? ON_PLAN : OF_LICENSE;
  }

  @Override
  public List<Instant> releases(long licenseNo, Instant since) {
    return handle
        .createQuery(RELEASES)
        .bind("license", licenseNo)
        .bind("since", since.toEpochMilli())
        .map((row, context) -> Rows.instant(row, "at"))
        .list();
  }

  @Override
  public List<Seat> after(long no, int limit) {
    return handle
        .createQuery(AFTER)
        .bind("no", no)
        .bind("rows", limit)
        .map((row, context) -> seat(row))
        .list();
  }

  @Override
  public int forgetReleases(Instant before, int limit) {
    return Rows.deleteOldest(handle, FORGET_OLDEST_RELEASES, before, limit);
  }

  @Override
  public void noteRelease(long licenseNo, Instant at, Instant before) {
    handle
        .createUpdate(FORGET_RELEASES)
        .bind("license", licenseNo)
        .bind("before", before.toEpochMilli())
        .execute();
    handle
        .createUpdate(NOTE_RELEASE)
        .bind("license", licenseNo)
        .bind("at", at.toEpochMilli())
        .execute();
  }

  @Override
  public Map<Long, List<Seat>> ofLicenses(Collection<Long> licenseNos, int limitEach, Instant now) {
    return handle
        .createQuery(OF_LICENSES)
        .bind("now", now.toEpochMilli())
        .bind("nos", Rows.list(licenseNos))
        .bind("limit_each", limitEach)
        .map((row, context) -> seat(row))
        .stream()
        .collect(Collectors.groupingBy(Seat::licenseNo));
  }

  @Override
  public Page<SeatView> list(
      long licenseNo, int limit, @Nullable String startingAfter, Instant now) {
    var query = handle.createQuery(startingAfter == null ? LIST : LIST_AFTER);
    if (startingAfter != null) {
      query.bind("after", startingAfter);
    }
    List<Seat> seats =
        query
            .bind("license", licenseNo)
            .bind("now", now.toEpochMilli())
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
        Rows.instant(row, "first_seen_at"),
        Rows.instantOrNull(row, "leased_until"));
  }
}
