package dev.licet.store.sql;

import dev.licet.domain.Page;
import dev.licet.domain.Tenant;
import dev.licet.domain.delivery.Attempt;
import dev.licet.domain.delivery.Delivery;
import dev.licet.domain.delivery.DeliveryFilter;
import dev.licet.domain.delivery.DeliveryStatus;
import dev.licet.domain.delivery.DeliveryStore;
import dev.licet.domain.event.RecordedEvent;
import dev.licet.domain.id.Ids;
import dev.licet.domain.webhook.Replay;
import dev.licet.domain.webhook.Webhook;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** The deliveries of webhooks, as the API sees them. */
final class SqlDeliveryStore implements DeliveryStore {
  /** A tenant's deliveries, with the ids of what they are about. */
  static final String OF_TENANT =
      """
      SELECT d.no, d.id, w.id AS webhook_id, e.id AS event_id, d.type, d.status, d.due_at,
        d.created_at, d.finished_at
      FROM webhook_deliveries d
      JOIN webhooks w ON w.no = d.webhook_no
      JOIN outbox_events e ON e.no = d.event_no
      WHERE w.account_no = :account AND w.live = :live AND w.deleted_at IS NULL
      """;

  private static final String FIND = OF_TENANT + "AND d.id = :id";

  /** The last attempts of some deliveries, oldest first. */
  private static final String ATTEMPTS =
      """
      SELECT delivery_no, at, status, millis, answer, error FROM (
        SELECT a.no, a.delivery_no, a.at, a.status, a.millis, a.answer, a.error,
          ROW_NUMBER() OVER (PARTITION BY a.delivery_no ORDER BY a.no DESC) AS back
        FROM webhook_attempts a WHERE a.delivery_no <in_nos>) numbered
      WHERE back <= :shown ORDER BY delivery_no, no
      """;

  /** Begins a delivery anew. */
  private static final String RESTART =
      """
      UPDATE webhook_deliveries
      SET status = 'pending', attempts = 0, due_at = :now, finished_at = NULL WHERE no = :no
      """;

  /** Begins the delivery of an event, anew if there is one. */
  private static final String START =
      """
      INSERT INTO webhook_deliveries
        (id, webhook_no, event_no, type, status, attempts, due_at, created_at)
      VALUES (:id, :webhook, :event, :type, 'pending', 0, :now, :now)
      ON CONFLICT (event_no, webhook_no) DO UPDATE SET
        status = 'pending', attempts = 0, due_at = excluded.due_at, finished_at = NULL
      """;

  /** Begins some of those anew that failed before a moment. */
  private static final String RESTART_FAILED =
      """
      UPDATE webhook_deliveries
      SET status = 'pending', attempts = 0, due_at = :now, finished_at = NULL
      WHERE no IN (
        SELECT no FROM webhook_deliveries
        WHERE webhook_no = :webhook AND status = 'failed' AND id > :after
          AND created_at >= :since AND finished_at <= :started
        ORDER BY id LIMIT :rows)
      RETURNING id
      """;

  /** Removes those of the oldest rows that are old enough. */
  private static final String FORGET =
      """
      DELETE FROM webhook_deliveries
      WHERE no IN (SELECT no FROM webhook_deliveries ORDER BY no LIMIT :rows)
        AND created_at < :before
      """;

  private final Handle handle;
  private final Ids ids;
  private final SqlFanOut fanOut;

  SqlDeliveryStore(Handle handle, Ids ids, SqlFanOut fanOut) {
    this.handle = handle;
    this.ids = ids;
    this.fanOut = fanOut;
  }

  private record AttemptOf(long deliveryNo, Attempt attempt) {}

  @Override
  public Page<Delivery> list(
      Tenant tenant, DeliveryFilter filter, int limit, @Nullable String startingAfter) {
    List<Delivery> found =
        new DeliveryListQuery(tenant, filter, limit + 1, startingAfter).on(handle);
    Page<Delivery> page = Page.of(found, limit);
    return new Page<>(withAttempts(page.data()), page.hasMore());
  }

  @Override
  public Optional<Delivery> find(Tenant tenant, String id) {
    List<Delivery> found =
        handle
            .createQuery(FIND)
            .bind("account", tenant.accountNo())
            .bind("live", Rows.flag(tenant.live()))
            .bind("id", id)
            .map((row, context) -> delivery(row))
            .list();
    return withAttempts(found).stream().findFirst();
  }

  @Override
  public String add(Webhook webhook, String eventId, Instant now) {
    return fanOut.deliver(webhook.no(), eventId);
  }

  @Override
  public void restart(Delivery delivery, Webhook webhook, Instant now) {
    handle
        .createUpdate(RESTART)
        .bind("no", delivery.no())
        .bind("now", now.toEpochMilli())
        .execute();
    wake(webhook.no());
  }

  @Override
  public void restart(Webhook webhook, List<RecordedEvent> events, Instant now) {
    if (events.isEmpty()) {
      return;
    }
    PreparedBatch batch = handle.prepareBatch(START);
    for (RecordedEvent event : events) {
      batch
          .bind("id", ids.next(Ids.DELIVERY))
          .bind("webhook", webhook.no())
          .bind("event", event.position().no())
          .bind("type", event.type())
          .bind("now", now.toEpochMilli())
          .add();
    }
    batch.execute();
  }

  @Override
  public List<String> restartFailed(Webhook webhook, Replay replay, int limit, Instant now) {
    return handle
        .createQuery(RESTART_FAILED)
        .bind("webhook", webhook.no())
        .bind("after", replay.after())
        .bind("since", replay.since().toEpochMilli())
        .bind("started", replay.startedAt().toEpochMilli())
        .bind("rows", limit)
        .bind("now", now.toEpochMilli())
        .mapTo(String.class)
        .list()
        .stream()
        .sorted()
        .toList();
  }

  @Override
  public void wake(long webhookNo) {
    fanOut.wake(webhookNo);
  }

  @Override
  public int forget(Instant before, int limit) {
    return handle
        .createUpdate(FORGET)
        .bind("before", before.toEpochMilli())
        .bind("rows", limit)
        .execute();
  }

  private List<Delivery> withAttempts(List<Delivery> deliveries) {
    if (deliveries.isEmpty()) {
      return deliveries;
    }
    Map<Long, List<Attempt>> attempts = new HashMap<>();
    handle
        .createQuery(ATTEMPTS)
        .bind("nos", Rows.list(deliveries.stream().map(Delivery::no).toList()))
        .bind("shown", Delivery.SHOWN_ATTEMPTS)
        .map((row, context) -> new AttemptOf(row.getLong("delivery_no"), attempt(row)))
        .forEach(each ->
            attempts
                .computeIfAbsent(each.deliveryNo(), no -> new ArrayList<>())
                .add(each.attempt()));
    return deliveries.stream()
        .map(delivery -> delivery.with(attempts.getOrDefault(delivery.no(), List.of())))
        .toList();
  }

  private static Attempt attempt(ResultSet row) throws SQLException {
    return new Attempt(
        Rows.instant(row, "at"),
        Rows.intOrNull(row, "status"),
        Duration.ofMillis(row.getLong("millis")),
        row.getString("answer"),
        row.getString("error"));
  }

  static Delivery delivery(ResultSet row) throws SQLException {
    return new Delivery(
        row.getLong("no"),
        row.getString("id"),
        row.getString("webhook_id"),
        row.getString("event_id"),
        row.getString("type"),
        DeliveryStatus.of(row.getString("status")).orElseThrow(),
        Rows.instantOrNull(row, "due_at"),
        Rows.instant(row, "created_at"),
        Rows.instantOrNull(row, "finished_at"),
        List.of());
  }
}
