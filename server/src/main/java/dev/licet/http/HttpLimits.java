package dev.licet.http;

/** Bounds on what is read from the network, before anything looks at it. */
final class HttpLimits {
  /** Bytes of a body of the management API. */
  static final int MAX_BODY = 64 * 1024;

  /** Bytes of a body of the public calls. */
  static final int MAX_PUBLIC_BODY = 16 * 1024;

  /** Bytes of a message of another server. */
  static final int MAX_MESSAGE = 256 * 1024;

  /** Bytes of a body that is read as it arrives. */
  static final long MAX_STREAM = 256L * 1024 * 1024;

  /** Bytes of a request line, which holds the path and the query. */
  static final int MAX_REQUEST_LINE = 8 * 1024;

  /** Bytes of all headers. A byte of many short ones takes thirty in memory. */
  static final int MAX_HEADERS = 8 * 1024;

  /** Bytes of all bodies that came in pieces and are not answered yet, over all event loops. */
  static final int MAX_OPEN_BODIES = 16 * 1024 * 1024;

  /** Bytes of all answers that clients have not taken, over all event loops. */
  static final long MAX_UNSENT_ANSWERS = 64 * 1024 * 1024;

  /** Bytes from which on an answer counts as one of those. */
  static final int COUNTED_ANSWER = 2 * 1024;

  /** Bytes of answers that a client has not taken, from which on its next request waits. */
  static final int MAX_SMALL_ANSWERS = 16 * 1024;

  /** Bytes from which on an answer is watched until the client has taken it. */
  static final int LARGE_ANSWER = 32 * 1024;

  /**
   * Bytes that the system keeps for a client who does not take them, at most; it doubles this. Left
   * to itself it takes megabytes for each, which a thousand who ask and do not read make the event
   * loop copy.
   */
  static final int SEND_BUFFER = 64 * 1024;

  /** Seconds within which the first request's line and headers must have arrived. */
  static final int HEAD_SECONDS = 20;

  /** Seconds within which a body must have arrived. */
  static final int BODY_SECONDS = 10;

  /** Seconds within which the next request's line and headers must have arrived. */
  static final int IDLE_SECONDS = 60;

  /** Seconds that a client has to take a large answer. */
  static final int ANSWER_SECONDS = 300;

  /** Milliseconds for a client to read why its body was not, before the connection is closed. */
  static final long LINGER_MILLIS = 500;

  private HttpLimits() {}
}
