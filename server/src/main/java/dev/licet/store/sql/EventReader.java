package dev.licet.store.sql;

import dev.licet.domain.usage.Outcome;
import dev.licet.domain.usage.UsageEvent;

/**
 * Reads the events of a batch that {@link EventCodec} wrote, one after the other, without making
 * objects of them: most readers want a few of many.
 */
final class EventReader {
  private final PackedReader in;
  private long id;
  private long licenseNo;
  private long atMillis;
  private int outcome;
  private long domainSeat;
  private long deviceSeat;
  private int texts;

  /**
   * @param firstId the id of the first event
   */
  EventReader(long firstId, byte[] bytes) {
    in = new PackedReader(bytes);
    if (in.atEnd() || in.next() != EventCodec.VERSION) {
      throw new IllegalStateException("a batch of events is not in a form that is known");
    }
    id = firstId - 1;
  }

  /** Goes to the next event; false when there is none. */
  boolean next() {
    if (in.atEnd()) {
      return false;
    }
    id++;
    licenseNo = in.number();
    atMillis += in.step();
    outcome = (int) in.number();
    domainSeat = in.number();
    deviceSeat = in.number();
    texts = in.position();
    in.skipText();
    in.skipText();
    in.skipText();
    return true;
  }

  long id() {
    return id;
  }

  long licenseNo() {
    return licenseNo;
  }

  long atMillis() {
    return atMillis;
  }

  /** The number of {@link Outcome}. */
  int outcome() {
    return outcome;
  }

  boolean isValid() {
    return outcome == Outcome.VALID.number();
  }

  long domainSeat() {
    return domainSeat;
  }

  long deviceSeat() {
    return deviceSeat;
  }

  /** The event with its texts. */
  UsageEvent event() {
    int end = in.position();
    in.position(texts);
    UsageEvent event =
        new UsageEvent(
            licenseNo,
            atMillis,
            Outcome.of(outcome),
            in.text(),
            in.text(),
            in.text(),
            domainSeat,
            deviceSeat);
    in.position(end);
    return event;
  }
}
