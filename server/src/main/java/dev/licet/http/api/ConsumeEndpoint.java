package dev.licet.http.api;

import dev.licet.core.NotFoundReason;
import dev.licet.domain.counter.Consumption;
import dev.licet.domain.counter.Counters;
import dev.licet.domain.license.KeyVault;
import dev.licet.domain.license.TypedKey;
import dev.licet.domain.validation.Answer;
import dev.licet.domain.validation.Snapshots;
import dev.licet.domain.validation.Snapshots.Known;
import dev.licet.domain.validation.Validations;
import dev.licet.http.AnswerWriter;
import dev.licet.http.Endpoint;
import dev.licet.http.Fields;
import dev.licet.http.Problems;
import dev.licet.http.Request;
import dev.licet.http.Response;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /api/v1/consume}: an application uses a counted entitlement up. Unknown keys and each
 * licence are limited as validations are, out of the same buckets.
 */
public final class ConsumeEndpoint implements Endpoint {
  private final Counters counters;
  private final Snapshots snapshots;
  private final Validations.Limits limits;
  private final KeyVault vault;
  private final InstantSource clock;

  public ConsumeEndpoint(
      Counters counters,
      Snapshots snapshots,
      Validations.Limits limits,
      KeyVault vault,
      InstantSource clock) {
    this.counters = counters;
    this.snapshots = snapshots;
    this.limits = limits;
    this.vault = vault;
    this.clock = clock;
  }

  @Override
  public Response handle(Request request) {
    request.query().finish();
    Fields fields = request.fields();
    String typedKey = fields.required("key", Shapes.TYPED_KEY);
    Counters.Wanted wanted = CounterRequests.wanted(fields);
    fields.finish();
    return switch (TypedKey.read(typedKey)) {
      case TypedKey.Usable key -> consume(request, key, wanted);
      case TypedKey.Mistyped(var suggestion) ->
          notFound(request, NotFoundReason.CHECKSUM_MISMATCH, suggestion);
      case TypedKey.Unusable unusable -> notFound(request, NotFoundReason.MALFORMED, null);
    };
  }

  private Response consume(Request request, TypedKey.Usable key, Counters.Wanted wanted) {
    NotFoundReason unknown = key.ours() ? NotFoundReason.UNKNOWN : NotFoundReason.MALFORMED;
    if (!(snapshots.load(key.canonical()) instanceof Known.Licensed licensed)
        || licensed.license().keyRetiresAt() <= clock.millis()) {
      return notFound(request, unknown, null);
    }
    long wait = licensed.gate().tryPass(limits.perLicense(), System.nanoTime());
    if (wait > 0) {
      return Problems.rateLimited(wait, "Too many calls for this license.");
    }
    Optional<Consumption> consumption = counters.consume(vault.lookup(key.canonical()), wanted);
    return consumption.map(CounterJson::response).orElseGet(() -> notFound(request, unknown, null));
  }

  private Response notFound(Request request, NotFoundReason reason, @Nullable String suggestion) {
    long wait = limits.unknownKeys().tryPass(request.address());
    return wait > 0
        ? Problems.rateLimited(wait, "Too many unknown keys from this address.")
        : AnswerWriter.response(new Answer.NotFound(reason, suggestion), null);
  }
}
