package dev.licet.domain.webhook;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * Something that is being sent again, some at a time.
 *
 * @param since what happened earlier is left out
 * @param startedAt what happens later is sent anyway
 * @param after how far it is: the place of the last event or delivery that was looked at, in a form
 *     that only {@link Of} knows; empty at first
 */
public record Replay(Of of, Instant since, Instant startedAt, String after) {
  /** What is sent again. */
  public enum Of {
    /** Deliveries that failed for good; {@code after} is the id of one. */
    FAILED,
    /** All events that it wants, also those that it missed; {@code after} is their position. */
    ALL;

    /** As the API and the database write it. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Of> named(String text) {
      for (Of of : values()) {
        if (of.text().equals(text)) {
          return Optional.of(of);
        }
      }
      return Optional.empty();
    }
  }

  public Replay upTo(String newAfter) {
    return new Replay(of, since, startedAt, newAfter);
  }
}
