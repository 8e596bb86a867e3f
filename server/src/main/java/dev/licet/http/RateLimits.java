package dev.licet.http;

import dev.licet.domain.validation.RateGate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * How often the management API may be called: by one API key, and from one address. Says so in
 * {@code RateLimit-Policy} and {@code RateLimit} (draft-ietf-httpapi-ratelimit-headers).
 */
public final class RateLimits {
  private static final long NANOS = 1_000_000_000L;

  private final Limit perKey;
  private final Limit perAddress;

  /**
   * A limit.
   *
   * @param name as headers name it
   * @param gates finds the gate of whoever is counted
   */
  public record Limit(String name, RateGate.Rate rate, Function<String, RateGate> gates) {}

  public RateLimits(Limit perKey, Limit perAddress) {
    this.perKey = perKey;
    this.perAddress = perAddress;
  }

  /** Counts one call. */
  Tally tally() {
    return new Tally();
  }

  /** One call, and what is left after it. */
  final class Tally {
    private final List<String> policies = new ArrayList<>(2);
    private final List<String> states = new ArrayList<>(2);

    /**
     * Counts the call for its API key.
     *
     * @throws ProblemException when it was one too many
     */
    void takeForKey(String key) {
      take(perKey, key, "Too many calls with this API key.");
    }

    /** Counts the call for its address, as {@link #takeForKey} does. */
    void takeForAddress(String address) {
      take(perAddress, address, "Too many calls from this address.");
    }

    /** The answer with headers that say which limits there are and what is left of them. */
    Response on(Response response) {
      return policies.isEmpty()
          ? response
          : response
              .with("RateLimit-Policy", String.join(", ", policies))
              .with("RateLimit", String.join(", ", states));
    }

    private void take(Limit limit, String who, String detail) {
      RateGate.Rate rate = limit.rate();
      if (rate.nanosEach() == 0) {
        return;
      }
      RateGate gate = limit.gates().apply(who);
      long now = System.nanoTime();
      long wait = gate.tryPass(rate, now);
      String name = "\"" + limit.name() + "\"";
      policies.add(name + ";q=" + rate.burst() + ";w=" + seconds(rate.nanosEach() * rate.burst()));
      states.add(name + ";r=" + gate.remaining(rate, now) + ";t=" + seconds(gate.untilFull(now)));
      if (wait > 0) {
        String after = Long.toString(Math.max(1, seconds(wait)));
        throw new ProblemException(
            ProblemCode.RATE_LIMITED,
            detail + " Try again in " + after + " s.",
            List.of(),
            Map.of("Retry-After", after));
      }
    }

    private static long seconds(long nanos) {
      return Math.ceilDiv(nanos, NANOS);
    }
  }
}
