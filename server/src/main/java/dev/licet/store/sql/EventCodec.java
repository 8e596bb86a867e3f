package dev.licet.store.sql;

import dev.licet.domain.usage.UsageEvent;
import java.util.List;

/**
 * Writes a batch of events as one run of bytes, which {@link EventReader} reads.
 *
 * <p>The first byte is the version of the form, 1. Then, for each event: the licence's number; the
 * time, the first event's since the epoch, each other's since the one before; the outcome's number;
 * the two seats' numbers; domain, fingerprint and address.
 */
final class EventCodec {
  static final byte VERSION = 1;

  private static final int USUAL_BYTES = 64;

  private EventCodec() {}

  static byte[] encode(List<UsageEvent> events) {
    PackedWriter out = new PackedWriter(events.size() * USUAL_BYTES);
    out.write(VERSION);
    long before = 0;
    for (UsageEvent event : events) {
      out.number(event.licenseNo());
      out.step(event.atMillis() - before);
      before = event.atMillis();
      out.number(event.outcome().number());
      out.number(event.domainSeat());
      out.number(event.deviceSeat());
      out.text(event.domain());
      out.text(event.fingerprint());
      out.text(event.ip());
    }
    return out.toByteArray();
  }
}
