package dev.licet.cli;

import dev.licet.cli.ApiOptions.Format;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A file in parts that are files of their own: whole lines, or whole records under the header. A
 * record may have line breaks inside quotes.
 */
final class ImportParts {
  private static final int MAX_RECORDS = 2_000;
  private static final int MAX_BYTES = 1024 * 1024;

  private final InputStream in;
  private final boolean table;
  private byte[] header = new byte[0];
  private int headerLines;
  private long linesBefore;
  private long bytes;

  /**
   * A part.
   *
   * @param linesBefore what is to be added to the number of a line in it
   * @param bytesRead of the whole file, up to its end
   */
  record Part(byte[] content, long linesBefore, long bytesRead) {}

  /**
   * @param in buffered
   */
  ImportParts(InputStream in, Format format) {
    this.in = in;
    this.table = format == Format.CSV;
  }

  /** The next one; {@code null} at the end. A table that is a header alone is one part. */
  @Nullable Part next() throws IOException {
    ByteArrayOutputStream part = new ByteArrayOutputStream();
    long start = linesBefore;
    boolean first = bytes == 0;
    if (table && first) {
      int lines = copyRecord(part);
      header = part.toByteArray();
      headerLines = lines;
    } else {
      part.writeBytes(header);
      start -= headerLines;
    }
    int records = 0;
    while (records < MAX_RECORDS && part.size() < MAX_BYTES && copyRecord(part) > 0) {
      records++;
    }
    return records > 0 || (first && part.size() > 0)
        ? new Part(part.toByteArray(), start, bytes)
        : null;
  }

  /** Copies up to the next line break that ends a record; the lines that it has, 0 at the end. */
  private int copyRecord(ByteArrayOutputStream to) throws IOException {
    boolean quoted = false;
    int lines = 0;
    for (int octet = in.read(); octet >= 0; octet = in.read()) {
      to.write(octet);
      bytes++;
      quoted ^= table && octet == '"';
      lines = Math.max(lines, 1);
      if (octet == '\n') {
        linesBefore++;
        if (!quoted) {
          return lines;
        }
        lines++;
      }
    }
    return lines;
  }
}
