package dev.licet.domain.event;

import java.util.List;

/**
 * Where events wait for those who want to know, inside the transaction in which they happened. All
 * events go this way, and no other.
 */
public interface Outbox {
  void append(List<Event> events);

  default void append(Event event) {
    append(List.of(event));
  }
}
