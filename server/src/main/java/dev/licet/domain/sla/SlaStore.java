package dev.licet.domain.sla;

import java.time.Instant;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Hours of nodes, inside one transaction. */
public interface SlaStore {
  /** Puts an hour there, in the place of what the node wrote of it before. */
  void save(ServiceHour hour);

  /** The first hour that any node has; empty when there is none. */
  OptionalLong firstHour();

  /** Visits all hours of a time, both ends included, the oldest first. */
  void each(long firstHour, long lastHour, Consumer<ServiceHour> visitor);

  /**
   * Removes the oldest hours, if they are old enough.
   *
   * @return how many rows
   */
  int forget(Instant before, int limit);
}
