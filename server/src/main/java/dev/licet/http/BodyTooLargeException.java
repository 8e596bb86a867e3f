package dev.licet.http;

import java.io.IOException;

/** A streamed body that is larger than is allowed. What came before its end was read. */
public final class BodyTooLargeException extends IOException {
  private static final long serialVersionUID = 1L;

  BodyTooLargeException(long maxBytes) {
    super("The body is larger than " + maxBytes + " bytes.");
  }
}
