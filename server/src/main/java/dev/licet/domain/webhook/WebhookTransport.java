package dev.licet.domain.webhook;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Calls receivers. Both methods block, and are made for virtual threads.
 *
 * <p>Where a name leads is asked for and checked in every call, and exactly what was checked is
 * connected to.
 */
public interface WebhookTransport {
  /** The characters of an answer that are kept, as bytes of UTF-8. */
  int KEPT_BYTES = 2_048;

  /** Makes one attempt. Whatever the receiver does is a result, never an exception. */
  Result send(WebhookRequest request);

  /**
   * Why a target must not be called, as a sentence without a full stop; empty when it may be, and
   * also when its name is not known, which may be only for now.
   */
  Optional<String> refusal(WebhookTarget target);

  /** How an attempt ended. */
  sealed interface Result {
    /** How long it took. */
    Duration took();

    /**
     * The receiver answered, with whatever status. Only 2xx says that it has the message.
     *
     * @param status 100 to 599, or what else a receiver may send
     * @param bodyStart the start of the answer, {@value WebhookTransport#KEPT_BYTES} bytes at most;
     *     what is no text is replaced, so that any database takes it
     * @param retryAfter how long it asked to be left alone, not yet bounded; null if it did not
     */
    record Answered(int status, String bodyStart, @Nullable Duration retryAfter, Duration took)
        implements Result {
      public boolean succeeded() {
        return status >= 200 && status < 300;
      }
    }

    /**
     * There was no whole answer.
     *
     * @param detail for people; holds nothing of the request
     */
    record Failed(Trouble trouble, String detail, Duration took) implements Result {}
  }

  /** What kept an answer away. */
  enum Trouble {
    /** Nobody listens there. */
    CONNECTION_REFUSED("connection_refused"),
    /** There is no way there. */
    UNREACHABLE("unreachable"),
    /** The name is not known, or the name servers do not answer. */
    DNS("dns"),
    /** The URL, or an address of its name, is one that is never called. */
    FORBIDDEN_ADDRESS("forbidden_address"),
    /** No encrypted connection: the certificate is not valid for the name, for example. */
    TLS("tls"),
    /** The whole answer was not there in time. */
    TIMEOUT("timeout"),
    /** The connection ended before the answer did. */
    RESET("reset"),
    /** What came is not HTTP, or its head is too large. */
    INVALID_ANSWER("invalid_answer"),
    /** The server stops. This was no attempt. */
    STOPPED("stopped");

    private final String code;

    Trouble(String code) {
      this.code = code;
    }

    /** The word that stands for it in the API and in the database. */
    public String code() {
      return code;
    }
  }
}
