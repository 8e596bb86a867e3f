package dev.licet.domain.audit;

import dev.licet.domain.event.Actor;
import org.jspecify.annotations.Nullable;

/**
 * Where changes come from. It accompanies a request through all that the request's thread does, so
 * that no use case has to hand it on.
 *
 * @param address the client's, in text form; {@code null} when there is no client
 * @param requestId {@code req_...}; {@code null} when there is no request
 */
public record Origin(Actor actor, @Nullable String address, @Nullable String requestId) {
  private static final ScopedValue<Origin> CURRENT = ScopedValue.newInstance();
  private static final Origin SYSTEM = new Origin(Actor.SYSTEM, null, null);

  /** The origin of what this thread does; the server itself when nobody said so. */
  public static Origin current() {
    return CURRENT.orElse(SYSTEM);
  }

  /** Does {@code work} with this as its origin. */
  public <T extends @Nullable Object, X extends Throwable> T during(
      ScopedValue.CallableOp<T, X> work) throws X {
    return ScopedValue.where(CURRENT, this).call(work);
  }
}
