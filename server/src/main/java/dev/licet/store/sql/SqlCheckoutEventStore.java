package dev.licet.store.sql;

import dev.licet.domain.Page;
import dev.licet.domain.Tenant;
import dev.licet.domain.billing.CheckoutEvent;
import dev.licet.domain.billing.CheckoutEventStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** Events of providers, which belong to whom their connection does. */
final class SqlCheckoutEventStore implements CheckoutEventStore {
  private static final String SELECT =
      """
      SELECT e.no, e.id, c.account_no, c.live, e.connection_no, c.id AS connection_id,
        e.provider_id, e.type, e.status, e.reason, e.occurred_at, e.received_at, e.applied_at,
        e.order_no, e.faults, e.due_at
      FROM checkout_events e JOIN checkout_connections c ON c.no = e.connection_no
      """;

  private static final String OF_TENANT =
      SELECT + "WHERE c.account_no = :account AND c.live = :live AND c.deleted_at IS NULL ";

  /** One of a tenant. */
  private static final String FIND = OF_TENANT + "AND e.id = :id";

  /** Keeps an event as it is. */
  private static final String LOCK = "SELECT no FROM checkout_events WHERE no = :no <lock_row>";

  /** The event of a number. */
  private static final String FIND_NO = SELECT + "WHERE e.no = :no";

  /** What told of an order. */
  private static final String OF_ORDER = SELECT + "WHERE e.order_no = :order ORDER BY e.no";

  /** A page of a tenant's. */
  private static final String LIST =
      OF_TENANT
          + """
          AND (c.id = :connection OR :connection = '') AND (e.status = :status OR :status = '')
          AND (e.id < :after OR :after = '') ORDER BY e.id DESC LIMIT :rows
          """;

  /** Adds an event unless it is there. */
  private static final String INSERT =
      """
      INSERT INTO checkout_events (id, connection_no, provider_id, type, status, received_at, faults,
        due_at, body)
      VALUES (:id, :connection, :provider_id, :type, :status, :received_at, 0, :due_at, :body)
      ON CONFLICT (connection_no, provider_id) DO NOTHING
      """;

  /** What is to be applied. */
  private static final String DUE =
      """
      SELECT no, connection_no FROM checkout_events WHERE due_at <= :now
      ORDER BY due_at, no LIMIT :rows
      """;

  private static final String BODY = "SELECT body FROM checkout_events WHERE no = :no";

  private static final String DROP_BODY =
      "UPDATE checkout_events SET body = :nothing WHERE no = :no";

  /** Writes what came of an event. */
  private static final String UPDATE =
      """
      UPDATE checkout_events SET status = :status, reason = :reason, occurred_at = :occurred_at,
        applied_at = :applied_at, order_no = :order, faults = :faults, due_at = :due_at
      WHERE no = :no
      """;

  /** Nothing is unresolved about an order. */
  private static final String RESOLVE =
      """
      UPDATE checkout_events SET status = 'applied', reason = NULL, applied_at = :now
      WHERE order_no = :order AND status = 'unresolved'
      """;

  /** Removes the oldest that nobody works on. */
  private static final String FORGET =
      """
      DELETE FROM checkout_events WHERE no IN
        (SELECT no FROM checkout_events WHERE received_at < :before AND due_at IS NULL
         ORDER BY received_at LIMIT :limit)
      """;

  private final Handle handle;

  SqlCheckoutEventStore(Handle handle) {
    this.handle = handle;
  }

  @Override
  public boolean add(CheckoutEvent event, byte[] body) {
    return handle
            .createUpdate(INSERT)
            .bind("id", event.id())
            .bind("connection", event.connectionNo())
            .bind("provider_id", event.providerId())
            .bind("type", event.type())
            .bind("status", event.status().text())
            .bind("received_at", event.receivedAt().toEpochMilli())
            .bind("due_at", Rows.millis(event.dueAt()))
            .bind("body", body)
            .execute()
        > 0;
  }

  @Override
  public List<Due> due(Instant now, int limit) {
    return handle
        .createQuery(DUE)
        .bind("now", now.toEpochMilli())
        .bind("rows", limit)
        .map((row, context) -> new Due(row.getLong("no"), row.getLong("connection_no")))
        .list();
  }

  @Override
  public Optional<CheckoutEvent> lock(long no) {
    return handle
        .createQuery(LOCK)
        .bind("no", no)
        .mapTo(Long.class)
        .findOne()
        .flatMap(locked ->
            handle
                .createQuery(FIND_NO)
                .bind("no", locked)
                .map((row, context) -> event(row))
                .findOne());
  }

  @Override
  public Optional<CheckoutEvent> find(Tenant tenant, String id) {
    return of(handle.createQuery(FIND), tenant)
        .bind("id", id)
        .map((row, context) -> event(row))
        .findOne();
  }

  /** What told of an order, oldest first. */
  List<CheckoutEvent> ofOrder(long orderNo) {
    return handle
        .createQuery(OF_ORDER)
        .bind("order", orderNo)
        .map((row, context) -> event(row))
        .list();
  }

  @Override
  public byte[] body(long no) {
    return handle.createQuery(BODY).bind("no", no).mapTo(byte[].class).one();
  }

  @Override
  public void dropBody(long no) {
    handle.createUpdate(DROP_BODY).bind("no", no).bind("nothing", new byte[0]).execute();
  }

  @Override
  public void update(CheckoutEvent event) {
    handle
        .createUpdate(UPDATE)
        .bind("no", event.no())
        .bind("status", event.status().text())
        .bind("reason", event.reason())
        .bind("occurred_at", Rows.millis(event.occurredAt()))
        .bind("applied_at", Rows.millis(event.appliedAt()))
        .bind("order", event.orderNo())
        .bind("faults", event.faults())
        .bind("due_at", Rows.millis(event.dueAt()))
        .execute();
  }

  @Override
  public void resolve(long orderNo, Instant now) {
    handle.createUpdate(RESOLVE).bind("order", orderNo).bind("now", now.toEpochMilli()).execute();
  }

  @Override
  public Page<CheckoutEvent> list(
      Tenant tenant, Filter filter, int limit, @Nullable String startingAfter) {
    List<CheckoutEvent> events =
        of(handle.createQuery(LIST), tenant)
            .bind("connection", filter.connectionId() == null ? "" : filter.connectionId())
            .bind("status", filter.status() == null ? "" : filter.status().text())
            .bind("after", startingAfter == null ? "" : startingAfter)
            .bind("rows", limit + 1)
            .map((row, context) -> event(row))
            .list();
    return Page.of(events, limit);
  }

  @Override
  public int forget(Instant before, int limit) {
    return Rows.deleteOldest(handle, FORGET, before, limit);
  }

  private static <S extends SqlStatement<S>> S of(S statement, Tenant tenant) {
    return statement.bind("account", tenant.accountNo()).bind("live", Rows.flag(tenant.live()));
  }

  private static CheckoutEvent event(ResultSet row) throws SQLException {
    return new CheckoutEvent(
        row.getLong("no"),
        row.getString("id"),
        new Tenant(row.getLong("account_no"), Rows.flag(row, "live")),
        row.getLong("connection_no"),
        row.getString("connection_id"),
        row.getString("provider_id"),
        row.getString("type"),
        CheckoutEvent.Status.of(row.getString("status")).orElseThrow(),
        row.getString("reason"),
        Rows.instantOrNull(row, "occurred_at"),
        Rows.instant(row, "received_at"),
        Rows.instantOrNull(row, "applied_at"),
        Rows.longOrNull(row, "order_no"),
        row.getInt("faults"),
        Rows.instantOrNull(row, "due_at"));
  }
}
