package dev.licet.store.sql;

import dev.licet.domain.usage.UsageErasure;
import dev.licet.domain.usage.UsageEvent;
import dev.licet.domain.usage.UsageOrigin;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Rewrites batches of the journal. Looks through all of it, in the order in which it lies, rather
 * than for each licence in its index: accounts are purged seldom, and a batch has many licences.
 */
final class SqlUsageErasure implements UsageErasure {
  private static final int PART = 64;

  /** The batches that come next. */
  private static final String NEXT =
      """
      SELECT first_id, events FROM usage_batches WHERE first_id > :after
      ORDER BY first_id LIMIT :rows
      """;

  /** A batch, which nobody else rewrites meanwhile. */
  private static final String LOCK =
      "SELECT first_id, events FROM usage_batches WHERE first_id = :id <lock_row>";

  /** Rewrites a batch. */
  private static final String REWRITE =
      "UPDATE usage_batches SET events = :events WHERE first_id = :id";

  /** No slice of a round that was read before this is written any more: the fold compares it. */
  private static final String END_READING =
      "UPDATE usage_nodes SET erasures = erasures + 1 WHERE closed = 0";

  private final Handle handle;

  private record Batch(long id, byte[] events) {}

  SqlUsageErasure(Handle handle) {
    this.handle = handle;
  }

  @Override
  public Part find(long after, Set<Long> licenseNos) {
    List<Batch> batches =
        handle
            .createQuery(NEXT)
            .bind("after", after)
            .bind("rows", PART)
            .map((row, context) -> new Batch(row.getLong("first_id"), row.getBytes("events")))
            .list();
    List<Long> found = new ArrayList<>();
    for (Batch batch : batches) {
      if (tellsOf(batch, licenseNos)) {
        found.add(batch.id());
      }
    }
    long next = batches.isEmpty() ? after : batches.getLast().id();
    return new Part(found, next, batches.size() < PART);
  }

  private static boolean tellsOf(Batch batch, Set<Long> licenseNos) {
    EventReader events = new EventReader(batch.id(), batch.events());
    while (events.next()) {
      if (licenseNos.contains(events.licenseNo())
          && !erased(events.event()).equals(events.event())) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void erase(Collection<Long> batches, Set<Long> licenseNos) {
    for (long id : batches) {
      handle
          .createQuery(LOCK)
          .bind("id", id)
          .map((row, context) -> new Batch(row.getLong("first_id"), row.getBytes("events")))
          .findOne()
          .ifPresent(batch -> rewrite(batch, licenseNos));
    }
  }

  @Override
  public void endReading() {
    handle.execute(END_READING);
  }

  private void rewrite(Batch batch, Set<Long> licenseNos) {
    List<UsageEvent> events = new ArrayList<>();
    EventReader reader = new EventReader(batch.id(), batch.events());
    while (reader.next()) {
      UsageEvent event = reader.event();
      events.add(licenseNos.contains(event.licenseNo()) ? erased(event) : event);
    }
    handle
        .createUpdate(REWRITE)
        .bind("events", EventCodec.encode(events))
        .bind("id", batch.id())
        .execute();
  }

  private static UsageEvent erased(UsageEvent event) {
    return new UsageEvent(
        event.licenseNo(),
        event.group(),
        event.atMillis(),
        event.outcome(),
        null,
        null,
        UsageOrigin.UNKNOWN,
        event.domainSeat(),
        event.deviceSeat());
  }
}
