package dev.licet.store.sql;

import dev.licet.domain.usage.UsageEvent;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes a batch of events as one run of bytes, which {@link EventReader} reads.
 *
 * <p>The first byte is the version of the form, 1. Then, for each event: the licence's number, the
 * time (the first event's since the epoch, each other's since the one before, zigzag), the
 * outcome's number, the two seats' numbers, all in variable length with the low seven bits first;
 * then domain, fingerprint and address, each as its length in bytes of UTF-8 plus one, or 0 for
 * none, and the bytes.
 */
final class EventCodec {
  static final byte VERSION = 1;

  private static final int USUAL_BYTES = 64;

  private EventCodec() {}

  static byte[] encode(List<UsageEvent> events) {
    Bytes out = new Bytes(events.size() * USUAL_BYTES);
    out.write(VERSION);
    long before = 0;
    for (UsageEvent event : events) {
      out.number(event.licenseNo());
      long step = event.atMillis() - before;
      out.number((step << 1) ^ (step >> 63));
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

  private static final class Bytes extends ByteArrayOutputStream {
    Bytes(int size) {
      super(size);
    }

    void number(long number) {
      long rest = number;
      while ((rest & ~0x7fL) != 0) {
        write((int) (rest & 0x7f) | 0x80);
        rest >>>= 7;
      }
      write((int) rest);
    }

    void text(@Nullable String text) {
      if (text == null) {
        write(0);
        return;
      }
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      number(bytes.length + 1L);
      writeBytes(bytes);
    }
  }
}
