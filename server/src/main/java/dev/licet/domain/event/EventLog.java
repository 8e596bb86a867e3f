package dev.licet.domain.event;

import dev.licet.domain.Page;
import dev.licet.domain.Tenant;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The events that happened, inside one transaction. */
public interface EventLog {
  /** A tenant's events, newest first. {@code startingAfter} is the id of the last one seen. */
  Page<RecordedEvent> list(
      Tenant tenant, EventFilter filter, int limit, @Nullable String startingAfter);

  Optional<RecordedEvent> find(Tenant tenant, String id);

  /**
   * The events that follow a position, in an order to which nothing is added but at its end. An
   * event comes into it when no older transaction is under way any more.
   */
  List<RecordedEvent> after(Tenant tenant, EventPosition position, int limit);

  /** The end of that order now. */
  EventPosition end(Tenant tenant);

  /**
   * The place of an event. That of one that is not there (any more) is before all those that are
   * younger.
   */
  EventPosition positionOf(Tenant tenant, String id);

  /**
   * Removes some of the oldest events, if they are old enough.
   *
   * @return how many
   */
  int forget(Instant before, int limit);
}
