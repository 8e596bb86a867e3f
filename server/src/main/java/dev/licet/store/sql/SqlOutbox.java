package dev.licet.store.sql;

import dev.licet.domain.event.Event;
import dev.licet.domain.event.Outbox;
import org.jdbi.v3.core.Handle;

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

  SqlOutbox(Handle handle, SqlAuditLog audit) {
    this.handle = handle;
    this.audit = audit;
  }

  @Override
  public void append(Event event) {
    handle
        .createUpdate(INSERT)
        .bind("id", event.id())
        .bind("account", event.license().tenant().accountNo())
        .bind("live", Rows.flag(event.license().tenant().live()))
        .bind("license", event.license().no())
        .bind("type", event.type().text())
        .bind("created_at", event.at().toEpochMilli())
        .bind("data", Json.write(EventData.of(event)))
        .execute();
    audit.append(event);
  }
}
