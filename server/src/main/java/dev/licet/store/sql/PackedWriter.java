package dev.licet.store.sql;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Bytes of what {@link PackedReader} reads: numbers in variable length, seven bits to a byte, the
 * lowest first.
 */
final class PackedWriter extends ByteArrayOutputStream {
  PackedWriter(int size) {
    super(size);
  }

  /** A number that is small as a rule, and not negative. */
  void number(long number) {
    long rest = number;
    while ((rest & ~0x7fL) != 0) {
      write((int) (rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    write((int) rest);
  }

  /** A number that is near 0 as a rule (zigzag). */
  void step(long step) {
    number((step << 1) ^ (step >> 63));
  }

  /** A text: its length in bytes of UTF-8 plus one, or 0 for none, and the bytes. */
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
