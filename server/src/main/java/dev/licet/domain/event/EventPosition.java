package dev.licet.domain.event;

/**
 * A place in the order of a tenant's events. Nothing is ever added before a place that {@link
 * EventLog#after} has given.
 *
 * @param transaction the number of the transaction that wrote an event
 * @param no the event's number
 */
public record EventPosition(long transaction, long no) {
  /** Before all events. */
  public static final EventPosition START = new EventPosition(0, 0);
}
