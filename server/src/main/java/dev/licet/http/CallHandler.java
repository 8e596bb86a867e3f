package dev.licet.http;

import dev.licet.domain.audit.Origin;
import dev.licet.domain.event.Actor;
import dev.licet.domain.id.Ids;
import dev.licet.http.Route.Access;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What stands around every call but a validation: limits, an id, the origin that the audit log
 * names, and one effect for a call that is repeated.
 */
public final class CallHandler {
  private final RateLimits limits;
  private final IdempotentCalls idempotent;
  private final Ids ids;

  public CallHandler(RateLimits limits, IdempotentCalls idempotent, Ids ids) {
    this.limits = limits;
    this.idempotent = idempotent;
    this.ids = ids;
  }

  /**
   * A request as it came.
   *
   * @param path as it was sent, still percent-encoded
   * @param query as it was sent; {@code null} for none
   */
  record Call(Route route, String path, @Nullable String query, byte[] body, String address) {}

  /**
   * Answers a call. Runs on a virtual thread.
   *
   * @param reader finds out who calls and reads the request; throws when either cannot be done
   */
  Response answer(Call call, Supplier<Request> reader) {
    RateLimits.Tally tally = limits.tally();
    String requestId = ids.next(Ids.REQUEST);
    Response response;
    try {
      response = answer(call, requestId, reader, tally);
    } catch (RuntimeException e) {
      response = Problems.of(e);
    }
    return tally.on(response).with("Request-Id", requestId);
  }

  private Response answer(
      Call call, String requestId, Supplier<Request> reader, RateLimits.Tally tally) {
    boolean isPublic = call.route().access() instanceof Access.Public;
    if (!isPublic) {
      tally.takeForAddress(call.address());
    }
    Request request = reader.get();
    Actor caller = request.actor();
    if (caller != null) {
      tally.takeForKey(caller.text());
    }
    return new Origin(caller == null ? Actor.APPLICATION : caller, call.address(), requestId)
        .during(() -> idempotent.handle(call, request));
  }
}
