package dev.licet.store.sql;

import dev.licet.domain.Page;
import dev.licet.domain.Tenant;
import dev.licet.domain.event.EventFilter;
import dev.licet.domain.event.EventLog;
import dev.licet.domain.event.EventPosition;
import dev.licet.domain.event.RecordedEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Reads the outbox. */
final class SqlEventLog implements EventLog {
  private static final String ALL =
      """
      SELECT e.tx, e.no, e.id, e.type, e.created_at, e.live, e.data, l.id AS license_id
      FROM outbox_events e LEFT JOIN licenses l ON l.no = e.license_no
      """;

  /** A tenant's events with the ids of their licences. */
  static final String SELECT = ALL + "WHERE e.account_no = :account AND e.live = :live\n";

  /**
   * The same, when another condition leaves few of them. {@code <few>} keeps SQLite from reading
   * all that the tenant has by an index of it.
   */
  static final String SELECT_FEW =
      ALL + "WHERE <few>e.account_no = :account AND <few>e.live = :live\n";

  /** Some events of a tenant. */
  static final String FIND_ALL = SELECT_FEW + "AND e.no <in_nos>";

  /** One event. */
  private static final String FIND = SELECT + "AND e.id = :id";

  /** What follows a position. */
  private static final String AFTER =
      SELECT
          + """
          AND (e.tx, e.no) > (:tx, :no) AND <settled_event> ORDER BY e.tx, e.no LIMIT :rows
          """;

  private static final String POSITION =
      """
      SELECT e.tx, e.no FROM outbox_events e WHERE e.account_no = :account AND e.live = :live
      """;

  /** The last that will not be preceded by another. */
  private static final String END =
      POSITION + "AND <settled_event> ORDER BY e.tx DESC, e.no DESC LIMIT 1";

  /** Where an event stands. */
  private static final String PLACE = POSITION + "AND e.id = :id";

  /** The first that is younger than an id. */
  private static final String YOUNGER = POSITION + "AND e.id > :id ORDER BY e.tx, e.no LIMIT 1";

  /** Removes those of the oldest rows that are old enough. */
  private static final String FORGET =
      """
      DELETE FROM outbox_events
      WHERE no IN (SELECT no FROM outbox_events ORDER BY no LIMIT :rows) AND created_at < :before
      """;

  private final Handle handle;

  SqlEventLog(Handle handle) {
    this.handle = handle;
  }

  @Override
  public Page<RecordedEvent> list(
      Tenant tenant, EventFilter filter, int limit, @Nullable String startingAfter) {
    return Page.of(new EventListQuery(tenant, filter, limit + 1, startingAfter).on(handle), limit);
  }

  @Override
  public Optional<RecordedEvent> find(Tenant tenant, String id) {
    return of(tenant, FIND).bind("id", id).map((row, context) -> event(row)).findOne();
  }

  @Override
  public List<RecordedEvent> after(Tenant tenant, EventPosition position, int limit) {
    return of(tenant, AFTER)
        .bind("tx", position.transaction())
        .bind("no", position.no())
        .bind("rows", limit)
        .map((row, context) -> event(row))
        .list();
  }

  @Override
  public EventPosition end(Tenant tenant) {
    return of(tenant, END)
        .map((row, context) -> position(row))
        .findOne()
        .orElse(EventPosition.START);
  }

  @Override
  public EventPosition positionOf(Tenant tenant, String id) {
    Optional<EventPosition> place =
        of(tenant, PLACE).bind("id", id).map((row, context) -> position(row)).findOne();
    return place
        .or(() ->
            of(tenant, YOUNGER)
                .bind("id", id)
                .map((row, context) -> position(row))
                .findOne()
                .map(younger -> new EventPosition(younger.transaction(), younger.no() - 1)))
        .orElseGet(() -> end(tenant));
  }

  @Override
  public int forget(Instant before, int limit) {
    return handle
        .createUpdate(FORGET)
        .bind("before", before.toEpochMilli())
        .bind("rows", limit)
        .execute();
  }

  private Query of(Tenant tenant, String sql) {
    return handle
        .createQuery(sql)
        .bind("account", tenant.accountNo())
        .bind("live", Rows.flag(tenant.live()));
  }

  static RecordedEvent event(ResultSet row) throws SQLException {
    return new RecordedEvent(
        position(row),
        row.getString("id"),
        row.getString("type"),
        Rows.instant(row, "created_at"),
        Rows.flag(row, "live"),
        row.getString("license_id"),
        row.getString("data"));
  }

  private static EventPosition position(ResultSet row) throws SQLException {
    return new EventPosition(row.getLong("tx"), row.getLong("no"));
  }
}
