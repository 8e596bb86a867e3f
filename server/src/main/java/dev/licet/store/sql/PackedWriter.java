package dev.licet.store.sql;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Bytes of what {@link PackedReader} reads: numbers in variable length, seven bits to a byte, the
 * lowest first. For one thread.
 */
final class PackedWriter {
  /** Bytes of the longest number. */
  private static final int LONGEST = 10;

  private byte[] bytes;
  private int size;

  /**
   * @param usual how many bytes there will be as a rule
   */
  PackedWriter(int usual) {
    bytes = new byte[usual + LONGEST];
  }

  /** A byte as it is. */
  void write(int value) {
    makeRoom(1);
    bytes[size++] = (byte) value;
  }

  /** A number that is small as a rule, and not negative. */
  void number(long number) {
    makeRoom(LONGEST);
    long rest = number;
    while ((rest & ~0x7fL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
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
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    number(utf8.length + 1L);
    makeRoom(utf8.length);
    System.arraycopy(utf8, 0, bytes, size, utf8.length);
    size += utf8.length;
  }

  byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  private void makeRoom(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }
}
