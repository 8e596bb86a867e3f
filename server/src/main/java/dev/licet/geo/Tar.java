package dev.licet.geo;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Predicate;

/** Reads one file out of a tar archive (POSIX.1-1988, ustar). */
final class Tar {
  private static final int BLOCK = 512;
  private static final int NAME_BYTES = 100;
  private static final int SIZE_AT = 124;
  private static final int SIZE_BYTES = 12;
  private static final int TYPE_AT = 156;

  private Tar() {}

  /**
   * The content of the first file whose name is wanted.
   *
   * @throws IOException when there is none, it is larger than {@code maxBytes}, or this is no
   *     archive
   */
  static byte[] find(InputStream in, Predicate<String> wanted, int maxBytes) throws IOException {
    while (true) {
      byte[] header = in.readNBytes(BLOCK);
      if (header.length < BLOCK || header[0] == 0) {
        throw new IOException("the archive has no such file");
      }
      long size = size(header);
      boolean isFile = header[TYPE_AT] == '0' || header[TYPE_AT] == 0;
      if (isFile && wanted.test(text(header, 0, NAME_BYTES))) {
        if (size > maxBytes) {
          throw new IOException("a file of the archive has more than " + maxBytes + " bytes");
        }
        byte[] content = in.readNBytes((int) size);
        if (content.length < size) {
          throw new EOFException("the archive ends within a file");
        }
        return content;
      }
      in.skipNBytes(Math.ceilDiv(size, BLOCK) * BLOCK);
    }
  }

  private static long size(byte[] header) throws IOException {
    try {
      long size = Long.parseLong(text(header, SIZE_AT, SIZE_BYTES).strip(), 8);
      if (size >= 0) {
        return size;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new IOException("this is no archive");
  }

  private static String text(byte[] header, int at, int length) {
    int end = at;
    while (end < at + length && header[end] != 0) {
      end++;
    }
    return new String(header, at, end - at, US_ASCII);
  }
}
