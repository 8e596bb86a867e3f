package dev.licet.domain.event;

/** Where events wait for those who want to know, inside the transaction in which they happened. */
public interface Outbox {
  void append(Event event);
}
