package dev.licet.domain.validation;

import dev.licet.core.NotFoundReason;
import dev.licet.domain.license.KeyVault;
import dev.licet.domain.license.TypedKey;
import dev.licet.domain.validation.Snapshots.Known;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Does what applications ask for with a key beside validating, within the limits of validations.
 */
public final class KeyedCalls {
  private final Snapshots snapshots;
  private final KeyLimits limits;
  private final KeyVault vault;
  private final InstantSource clock;

  public KeyedCalls(Snapshots snapshots, KeyLimits limits, KeyVault vault, InstantSource clock) {
    this.snapshots = snapshots;
    this.limits = limits;
    this.vault = vault;
    this.clock = clock;
  }

  /** What became of a call, or of a part of it. */
  public sealed interface Result<T> {
    /** It was carried out. */
    record Done<T>(T value) implements Result<T> {}

    /** Nothing was done, for the reason that a validation would have been given. */
    record Refused<T>(Answer answer) implements Result<T> {}
  }

  /**
   * A key that opens a licence, within the limits.
   *
   * @param address the client's
   */
  public record Admitted(TypedKey.Usable key, @Nullable String address) {}

  /**
   * Looks at a key before anything is begun for it. Blocks.
   *
   * @param typedKey as the application gave it
   * @param address the client's, in text form
   */
  public Result<Admitted> admit(String typedKey, @Nullable String address) {
    return switch (TypedKey.read(typedKey)) {
      case TypedKey.Usable key -> admit(key, address);
      case TypedKey.Mistyped(var suggestion) ->
          new Result.Refused<>(
              limits.notFound(address, NotFoundReason.CHECKSUM_MISMATCH, suggestion));
      case TypedKey.Unusable unusable ->
          new Result.Refused<>(limits.notFound(address, NotFoundReason.MALFORMED, null));
    };
  }

  private Result<Admitted> admit(TypedKey.Usable key, @Nullable String address) {
    Known known = snapshots.peek(key.canonical());
    if (known == null) {
      Answer throttled = limits.beforeLookup(address, key, snapshots);
      if (throttled != null) {
        return new Result.Refused<>(throttled);
      }
      known = snapshots.load(key.canonical());
    }
    if (!(known instanceof Known.Licensed licensed) || !licensed.opensAt(clock.millis())) {
      return new Result.Refused<>(limits.unknown(address, key));
    }
    Answer throttled = limits.known(licensed);
    return throttled == null
        ? new Result.Done<>(new Admitted(key, address))
        : new Result.Refused<>(throttled);
  }

  /**
   * Carries a call out. Blocks.
   *
   * @param work gets the {@link KeyVault#lookup} of the key; empty when it opens nothing any more
   */
  public <T> Result<T> call(Admitted caller, Function<byte[], Optional<T>> work) {
    Optional<T> done = work.apply(vault.lookup(caller.key().canonical()));
    return done.isPresent()
        ? new Result.Done<>(done.get())
        : new Result.Refused<>(limits.unknown(caller.address(), caller.key()));
  }
}
