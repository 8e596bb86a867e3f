package dev.licet.domain.validation;

import dev.licet.domain.activation.SeatKind;
import dev.licet.domain.activation.Seats;
import org.jspecify.annotations.Nullable;

/** Gives seats back for the applications that took them, within the limits of validations. */
public final class Deactivations {
  private final KeyedCalls calls;
  private final Seats seats;

  public Deactivations(KeyedCalls calls, Seats seats) {
    this.calls = calls;
    this.seats = seats;
  }

  /**
   * Frees a seat; says whether it was in use until now. Blocks.
   *
   * @param typedKey as the application gave it
   * @param value a canonical domain or a fingerprint
   * @param address the client's, in text form
   */
  public KeyedCalls.Result<Boolean> release(
      String typedKey, SeatKind kind, String value, @Nullable String address) {
    return calls.call(typedKey, address, lookup -> seats.release(lookup, kind, value));
  }
}
