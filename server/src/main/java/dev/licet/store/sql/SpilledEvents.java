package dev.licet.store.sql;

import dev.licet.domain.usage.UsageEvent;
import java.util.ArrayList;
import java.util.List;

/** Events in the form of the journal, outside of a database. */
public final class SpilledEvents {
  private SpilledEvents() {}

  public static byte[] write(List<UsageEvent> events) {
    return EventCodec.encode(events);
  }

  /**
   * The events that {@link #write} wrote, also in a version before.
   *
   * @throws RuntimeException when it did not write these bytes
   */
  public static List<UsageEvent> read(byte[] bytes) {
    List<UsageEvent> events = new ArrayList<>();
    EventReader reader = new EventReader(0, bytes);
    while (reader.next()) {
      events.add(reader.event());
    }
    return events;
  }
}
