package dev.licet.http.api;

import dev.licet.http.Fields;
import dev.licet.http.Json;
import dev.licet.http.ProblemCode;
import dev.licet.http.ProblemException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One JSON object a line. Empty lines are passed over; one that cannot be read fails alone. */
final class NdjsonLines implements LicenseLines {
  private static final int BUFFER = 64 * 1024;

  private final InputStream in;
  private final byte[] line = new byte[MAX_LENGTH];
  private long number;

  NdjsonLines(InputStream in) {
    this.in = new BufferedInputStream(in, BUFFER);
  }

  @Override
  public @Nullable Line next() throws IOException {
    while (true) {
      int length = readLine();
      if (length < 0) {
        return null;
      }
      number++;
      if (length > MAX_LENGTH) {
        return new Line(number, MAX_LENGTH, null, tooLong());
      }
      if (!isBlank(length)) {
        return parse(Arrays.copyOf(line, length));
      }
    }
  }

  private Line parse(byte[] text) {
    try {
      return new Line(number, text.length, Fields.of(Json.read(text)), null);
    } catch (RuntimeException e) {
      return new Line(number, text.length, null, e);
    }
  }

  /** The length of the next line, one more than allowed when it is longer; -1 at the end. */
  private int readLine() throws IOException {
    int length = 0;
    int octet = in.read();
    if (octet < 0) {
      return -1;
    }
    for (; octet >= 0 && octet != '\n'; octet = in.read()) {
      if (length < MAX_LENGTH) {
        line[length] = (byte) octet;
      }
      length = Math.min(length + 1, MAX_LENGTH + 1);
    }
    return length;
  }

  private boolean isBlank(int length) {
    for (int i = 0; i < length; i++) {
      if (line[i] != ' ' && line[i] != '\t' && line[i] != '\r') {
        return false;
      }
    }
    return true;
  }

  private static ProblemException tooLong() {
    return new ProblemException(
        ProblemCode.PAYLOAD_TOO_LARGE, "The line is longer than " + MAX_LENGTH + " bytes.");
  }
}
