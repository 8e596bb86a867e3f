package dev.licet.store.sql;

import dev.licet.domain.Tenant;
import dev.licet.domain.event.Event;
import dev.licet.domain.event.EventType;
import dev.licet.domain.id.Ids;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Puts the events of one transaction on their way to the webhooks that want them. Events are
 * collected and looked at last, so that a thousand of them ask once who wants any.
 */
final class SqlFanOut {
  /** What the webhooks of a tenant want. */
  private static final String WANTED =
      """
      SELECT webhook_no, pattern FROM webhook_subscriptions
      WHERE account_no = :account AND live = :live
      """;

  /** Adds a delivery. */
  private static final String INSERT =
      """
      INSERT INTO webhook_deliveries
        (id, webhook_no, event_no, type, status, attempts, due_at, created_at)
      SELECT CAST(:id AS TEXT), w.no, e.no, e.type, 'pending', 0, CAST(:now AS BIGINT),
        CAST(:now AS BIGINT)
      FROM outbox_events e, webhooks w WHERE e.id = :event AND w.no = :webhook
      """;

  private final Handle handle;
  private final Ids ids;
  private final InstantSource clock;
  private final Set<Long> woken;
  private final List<Collected> collected = new ArrayList<>();

  private record Collected(Tenant tenant, String id, EventType type) {}

  private record Wanted(long webhookNo, String pattern) {
    boolean matches(String type) {
      return pattern.equals("*")
          || pattern.equals(type)
          || (pattern.endsWith(".*")
              && type.startsWith(pattern.substring(0, pattern.length() - 1)));
    }
  }

  /**
   * @param woken gets the webhooks at which something becomes due
   */
  SqlFanOut(Handle handle, Ids ids, InstantSource clock, Set<Long> woken) {
    this.handle = handle;
    this.ids = ids;
    this.clock = clock;
    this.woken = woken;
  }

  /** Notes an event of this transaction. Pings go to the one who is meant, and no other way. */
  void add(Event event) {
    if (event.type() != EventType.PING) {
      collected.add(new Collected(event.tenant(), event.id(), event.type()));
    }
  }

  /** How many events are collected. */
  int size() {
    return collected.size();
  }

  /** Forgets the events that were collected after the first so many. */
  void truncate(int size) {
    collected.subList(size, collected.size()).clear();
  }

  /** Looks for something due at a webhook when the transaction is committed. */
  void wake(long webhookNo) {
    woken.add(webhookNo);
  }

  /** Writes the deliveries of what was collected. */
  void write() {
    if (collected.isEmpty()) {
      return;
    }
    Map<Tenant, List<Wanted>> wanted = new LinkedHashMap<>();
    PreparedBatch batch = handle.prepareBatch(INSERT);
    for (Collected event : collected) {
      Set<Long> webhooks = new TreeSet<>();
      for (Wanted each : wanted.computeIfAbsent(event.tenant(), this::wanted)) {
        if (each.matches(event.type().text())) {
          webhooks.add(each.webhookNo());
        }
      }
      webhooks.forEach(webhookNo -> add(batch, webhookNo, event.id()));
    }
    if (batch.size() > 0) {
      batch.execute();
    }
  }

  /**
   * Adds one event of this transaction for one webhook.
   *
   * @return the id of the delivery
   */
  String deliver(long webhookNo, String eventId) {
    PreparedBatch batch = handle.prepareBatch(INSERT);
    String id = add(batch, webhookNo, eventId);
    batch.execute();
    return id;
  }

  private String add(PreparedBatch batch, long webhookNo, String eventId) {
    String id = ids.next(Ids.DELIVERY);
    batch
        .bind("id", id)
        .bind("webhook", webhookNo)
        .bind("event", eventId)
        .bind("now", clock.millis())
        .add();
    wake(webhookNo);
    return id;
  }

  private List<Wanted> wanted(Tenant tenant) {
    return handle
        .createQuery(WANTED)
        .bind("account", tenant.accountNo())
        .bind("live", Rows.flag(tenant.live()))
        .map((row, context) -> new Wanted(row.getLong("webhook_no"), row.getString("pattern")))
        .list();
  }
}
