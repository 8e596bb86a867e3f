package dev.licet.store.sql;

import dev.licet.domain.usage.Outcome;
import dev.licet.domain.usage.UsageEvent;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads the events of a batch that {@link EventCodec} wrote, one after the other, without making
 * objects of them: most readers want a few of many.
 */
final class EventReader {
  private final byte[] bytes;
  private int position;
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
    if (bytes.length == 0 || bytes[0] != EventCodec.VERSION) {
      throw new IllegalStateException("a batch of events is not in a form that is known");
    }
    this.id = firstId - 1;
    this.bytes = bytes;
    this.position = 1;
  }

  /** Goes to the next event; false when there is none. */
  boolean next() {
    if (position == bytes.length) {
      return false;
    }
    id++;
    licenseNo = number();
    long step = number();
    atMillis += (step >>> 1) ^ -(step & 1);
    outcome = (int) number();
    domainSeat = number();
    deviceSeat = number();
    texts = position;
    skipText();
    skipText();
    skipText();
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
    int end = position;
    position = texts;
    UsageEvent event =
        new UsageEvent(
            licenseNo,
            atMillis,
            Outcome.of(outcome),
            text(),
            text(),
            text(),
            domainSeat,
            deviceSeat);
    position = end;
    return event;
  }

  private long number() {
    long number = 0;
    int shift = 0;
    byte part;
    do {
      part = bytes[position++];
      number |= (long) (part & 0x7f) << shift;
      shift += 7;
    } while (part < 0);
    return number;
  }

  private void skipText() {
    long length = number();
    position += length == 0 ? 0 : (int) length - 1;
  }

  private @Nullable String text() {
    int length = (int) number() - 1;
    if (length < 0) {
      return null;
    }
    String text = new String(bytes, position, length, StandardCharsets.UTF_8);
    position += length;
    return text;
  }
}
