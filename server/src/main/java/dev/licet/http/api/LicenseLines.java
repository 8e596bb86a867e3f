package dev.licet.http.api;

import dev.licet.http.Fields;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Licences in a body, one after the other. */
interface LicenseLines {
  /** Characters or bytes of one licence, which may have thousands of seats. */
  int MAX_LENGTH = 1024 * 1024;

  /**
   * One licence.
   *
   * @param number of the line on which it begins, from 1
   * @param length how long it is, in bytes or characters
   * @param fields what it says; {@code null} when it cannot be read
   * @param failure why it cannot be read
   */
  record Line(
      long number, int length, @Nullable Fields fields, @Nullable RuntimeException failure) {}

  /**
   * The next one; {@code null} at the end.
   *
   * @throws BrokenLinesException when this one leaves no way to find the next
   */
  @Nullable Line next() throws IOException;

  /** Lines that cannot be told apart any more. */
  final class BrokenLinesException extends IOException {
    private static final long serialVersionUID = 1L;

    BrokenLinesException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
