package dev.licet.domain.event;

/**
 * Where events wait for those who want to know, inside the transaction in which they happened. All
 * events go this way, and no other.
 */
public interface Outbox {
  void append(Event event);
}
