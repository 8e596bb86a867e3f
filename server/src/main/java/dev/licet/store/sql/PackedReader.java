package dev.licet.store.sql;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads what {@link PackedWriter} wrote. */
final class PackedReader {
  /** Parts of an address that tell its network. */
  private static final int ADDRESS_PARTS = 3;

  private final byte[] bytes;
  private int position;

  PackedReader(byte[] bytes) {
    this.bytes = bytes;
  }

  boolean atEnd() {
    return position == bytes.length;
  }

  int position() {
    return position;
  }

  void position(int newPosition) {
    position = newPosition;
  }

  int next() {
    return bytes[position++];
  }

  long number() {
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

  long step() {
    long number = number();
    return (number >>> 1) ^ -(number & 1);
  }

  @Nullable String text() {
    int length = (int) number() - 1;
    if (length < 0) {
      return null;
    }
    String text = new String(bytes, position, length, StandardCharsets.UTF_8);
    position += length;
    return text;
  }

  /** Reads over a text; its {@link NameHash}, 0 for none. */
  long hashText() {
    int length = (int) number() - 1;
    if (length < 0) {
      return 0;
    }
    long hash = NameHash.of(bytes, position, length);
    position += length;
    return hash;
  }

  /**
   * Reads over an address as text; the {@link NameHash} of its first 24 bits (IPv4) or 48 (IPv6,
   * where no zeros are left out): of all before the third separator. 0 for none.
   */
  long hashAddress() {
    int length = (int) number() - 1;
    if (length < 0) {
      return 0;
    }
    int separators = 0;
    int end = position;
    while (end < position + length && separators < ADDRESS_PARTS) {
      if (bytes[end] == '.' || bytes[end] == ':') {
        separators++;
      }
      end++;
    }
    long hash = NameHash.of(bytes, position, end - position);
    position += length;
    return hash;
  }

  void skipText() {
    long length = number();
    position += length == 0 ? 0 : (int) length - 1;
  }
}
