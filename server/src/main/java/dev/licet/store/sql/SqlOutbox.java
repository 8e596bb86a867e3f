package dev.licet.store.sql;

import dev.licet.domain.event.Event;
import dev.licet.domain.event.Outbox;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Events, in the transaction in which they happened, and with them the log of who did what. */
final class SqlOutbox implements Outbox {
  /** Adds an event. */
  private static final String INSERT =
      """
      INSERT INTO outbox_events (id, account_no, live, license_no, type, created_at, data)
      VALUES (:id, :account, :live, :license, :type, :created_at, :data)
      """;

  private final Handle handle;
  private final SqlAuditLog audit;
  private final SqlFanOut fanOut;
  private final SqlChangeFeed changes;

  SqlOutbox(Handle handle, SqlAuditLog audit, SqlFanOut fanOut, SqlChangeFeed changes) {
    this.handle = handle;
    this.audit = audit;
    this.fanOut = fanOut;
    this.changes = changes;
  }

  @Override
  public void append(List<Event> events) {
    if (events.isEmpty()) {
      return;
    }
    PreparedBatch batch = handle.prepareBatch(INSERT);
    for (Event event : events) {
      batch
          .bind("id", event.id())
          .bind("account", event.tenant().accountNo())
          .bind("live", Rows.flag(event.tenant().live()))
          .bind("license", event.license() == null ? null : event.license().no())
          .bind("type", event.type().text())
          .bind("created_at", event.at().toEpochMilli())
          .bind("data", Json.write(EventData.of(event)))
          .add();
    }
    batch.execute();
    for (Event event : events) {
      audit.append(event);
      fanOut.add(event);
      changes.eventAppended(event.tenant().accountNo());
    }
  }
}
