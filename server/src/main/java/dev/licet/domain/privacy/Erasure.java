package dev.licet.domain.privacy;

import dev.licet.domain.Tenant;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * A person who is being erased, and how far that is. It is known for as long as it takes.
 *
 * @param id {@code ers_...}
 * @param email in lower case
 * @param pseudonym an address of nobody, which stands in the place of the person's
 * @param position where to go on within the phase; empty at its start
 */
public record Erasure(
    String id,
    Tenant tenant,
    String email,
    String pseudonym,
    Mode mode,
    Phase phase,
    String position,
    Instant requestedAt) {
  /** What becomes of the person's licences. */
  public enum Mode {
    /** They are revoked, and their seats go. */
    ERASE,
    /** They go on working, seats and all. */
    PSEUDONYMIZE;

    /** As the API and the database write it. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Mode> of(String text) {
      return switch (text) {
        case "erase" -> Optional.of(ERASE);
        case "pseudonymize" -> Optional.of(PSEUDONYMIZE);
        default -> Optional.empty();
      };
    }
  }

  /** What is gone through, one after the other. */
  public enum Phase {
    /** From here on nothing new is written about the person. */
    LICENSES,
    EVENTS,
    /** Those that repeated calls are given. */
    ANSWERS,
    /** What shops told of the person and the orders. */
    ORDERS,
    /** What shops sent. */
    MESSAGES,
    MAIL,
    JOURNAL,
    /** Seats and what else hangs on the licences. */
    TRACES
  }

  Erasure at(String newPosition) {
    return new Erasure(id, tenant, email, pseudonym, mode, phase, newPosition, requestedAt);
  }

  Erasure in(Phase next) {
    return new Erasure(id, tenant, email, pseudonym, mode, next, "", requestedAt);
  }
}
