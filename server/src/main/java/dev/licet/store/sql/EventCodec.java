package dev.licet.store.sql;

import dev.licet.domain.usage.UsageEvent;
import dev.licet.domain.usage.UsageGroup;
import dev.licet.domain.usage.UsageOrigin;
import java.util.List;

/**
 * Writes a batch of events as one run of bytes, which {@link EventReader} reads.
 *
 * <p>The first byte is the version of the form, 2. Then, for each event: the licence's number; the
 * time, the first event's since the epoch, each other's since the one before; the outcome's number;
 * the two seats' numbers; the account's number twice, and one more in live mode; the plan's and the
 * product's number; the country as a {@link Countries#number}; the network's number; domain,
 * fingerprint, address and client.
 *
 * <p>Form 1 had neither account, plan, product, country and network, nor the client.
 */
final class EventCodec {
  static final byte VERSION = 2;

  /** The form before, which is still read. */
  static final byte FIRST_VERSION = 1;

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
      write(out, event.group());
      write(out, event);
    }
    return out.toByteArray();
  }

  private static void write(PackedWriter out, UsageGroup group) {
    out.number(group.accountNo() * 2 + (group.live() ? 1 : 0));
    out.number(group.planNo());
    out.number(group.productNo());
  }

  private static void write(PackedWriter out, UsageEvent event) {
    UsageOrigin origin = event.origin();
    out.number(Countries.number(origin.country()));
    out.number(origin.asn());
    out.text(event.domain());
    out.text(event.fingerprint());
    out.text(origin.ip());
    out.text(origin.client());
  }
}
