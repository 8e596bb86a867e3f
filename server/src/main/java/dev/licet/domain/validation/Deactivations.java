package dev.licet.domain.validation;

import dev.licet.core.NotFoundReason;
import dev.licet.domain.activation.SeatKind;
import dev.licet.domain.activation.Seats;
import dev.licet.domain.license.KeyVault;
import dev.licet.domain.license.TypedKey;
import dev.licet.domain.validation.Snapshots.Known;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gives seats back for the applications that took them, within the limits of validations. */
public final class Deactivations {
  private final Snapshots snapshots;
  private final KeyLimits limits;
  private final Seats seats;
  private final KeyVault vault;
  private final InstantSource clock;

  public Deactivations(
      Snapshots snapshots, KeyLimits limits, Seats seats, KeyVault vault, InstantSource clock) {
    this.snapshots = snapshots;
    this.limits = limits;
    this.seats = seats;
    this.vault = vault;
    this.clock = clock;
  }

  /** What became of a deactivation. */
  public sealed interface Result {
    /**
     * The seat is free.
     *
     * @param wasTaken whether it was in use until now
     */
    record Free(boolean wasTaken) implements Result {}

    /** Nothing was done, for the reason that a validation would have been given. */
    record Refused(Answer answer) implements Result {}
  }

  /**
   * Frees a seat. Blocks.
   *
   * @param typedKey as the application gave it
   * @param value a canonical domain or a fingerprint
   * @param address the client's, in text form
   */
  public Result release(String typedKey, SeatKind kind, String value, @Nullable String address) {
    return switch (TypedKey.read(typedKey)) {
      case TypedKey.Usable key -> release(key, kind, value, address);
      case TypedKey.Mistyped(var suggestion) ->
          new Result.Refused(
              limits.notFound(address, NotFoundReason.CHECKSUM_MISMATCH, suggestion));
      case TypedKey.Unusable unusable ->
          new Result.Refused(limits.notFound(address, NotFoundReason.MALFORMED, null));
    };
  }

  private Result release(
      TypedKey.Usable key, SeatKind kind, String value, @Nullable String address) {
    Known known = snapshots.peek(key.canonical());
    if (known == null) {
      Answer throttled = limits.beforeLookup(address);
      if (throttled != null) {
        return new Result.Refused(throttled);
      }
      known = snapshots.load(key.canonical());
    }
    if (!(known instanceof Known.Licensed licensed) || !licensed.opensAt(clock.millis())) {
      return new Result.Refused(limits.unknown(address, key));
    }
    Answer throttled = limits.known(licensed);
    if (throttled != null) {
      return new Result.Refused(throttled);
    }
    Optional<Boolean> wasTaken = seats.release(vault.lookup(key.canonical()), kind, value);
    return wasTaken.isPresent()
        ? new Result.Free(wasTaken.get())
        : new Result.Refused(limits.unknown(address, key));
  }
}
