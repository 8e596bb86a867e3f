package dev.licet.http;

/** Bounds on what is read from the network, before anything looks at it. */
final class HttpLimits {
  /** Bytes of a body of the management API. */
  static final int MAX_BODY = 64 * 1024;

  /** Bytes of a body of the public calls. */
  static final int MAX_PUBLIC_BODY = 16 * 1024;

  /** Bytes of a body that is read as it arrives. */
  static final long MAX_STREAM = 256L * 1024 * 1024;

  /** Bytes of a request line, which holds the path and the query. */
  static final int MAX_REQUEST_LINE = 8 * 1024;

  /** Bytes of all headers. */
  static final int MAX_HEADERS = 16 * 1024;

  /** Seconds that a connection may be silent. */
  static final int IDLE_SECONDS = 60;

  /** Nanoseconds within which a body must have arrived. */
  static final long BODY_NANOS = 10_000_000_000L;

  /** Milliseconds for a client to read why its body was not, before the connection is closed. */
  static final long LINGER_MILLIS = 500;

  private HttpLimits() {}
}
