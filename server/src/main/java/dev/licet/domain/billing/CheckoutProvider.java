package dev.licet.domain.billing;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one provider's messages are like: how they are signed, and what they mean. */
public interface CheckoutProvider {
  /**
   * What tells a message from others, once its signature is found to be good; {@code null} when it
   * is not.
   *
   * @param headers the value of a header by its name, {@code null} for none
   * @param secrets any of which may have signed it
   */
  @Nullable Message verify(Headers headers, byte[] body, List<String> secrets, Instant now);

  /** What a message means that was verified before. */
  Reading read(byte[] body);

  /** Whether a text may be what this provider calls a session. */
  boolean isSession(String text);

  /** Headers of a request. */
  interface Headers {
    @Nullable String get(String name);
  }

  /**
   * A message that the provider sent.
   *
   * @param id the same when it is sent again
   * @param type as the provider names it
   */
  record Message(String id, String type) {}

  /** What a message means. */
  sealed interface Reading {
    /** Something that does not matter here. */
    record Ignored() implements Reading {}

    /** Nothing that can be understood. */
    record Unclear(String reason) implements Reading {}

    /** Something about an order. */
    record OfOrder(Instant at, Command.Order order) implements Reading {}

    /** Something about a buyer. */
    record OfCustomer(Command.Customer customer) implements Reading {}
  }
}
