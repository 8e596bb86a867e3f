package dev.licet.domain.mail;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What takes messages to their receivers. */
public interface MailTransport {
  /** Tries once, and takes no longer than {@link #timeout}. */
  Outcome send(Letter letter);

  /** How long an attempt takes at most. */
  Duration timeout();

  /**
   * A message to be sent.
   *
   * @param id what makes its {@code Message-ID}
   */
  record Letter(
      String id, String toAddress, @Nullable String toName, MailTemplate.Rendered content) {
    /** Shows nothing of it: it holds a key. */
    @Override
    public String toString() {
      return "Letter[" + id + "]";
    }
  }

  /** What came of an attempt. */
  sealed interface Outcome {
    /** Somebody took it on. */
    record Sent() implements Outcome {}

    /** It may work later. */
    record Later(String error) implements Outcome {}

    /** It will never work. */
    record Never(String error) implements Outcome {}
  }
}
