package dev.licet.http.api;

import dev.licet.core.NotFoundReason;
import dev.licet.domain.activation.DomainNames;
import dev.licet.domain.activation.SeatKind;
import dev.licet.domain.activation.Seats;
import dev.licet.domain.license.KeyVault;
import dev.licet.domain.license.TypedKey;
import dev.licet.domain.validation.AddressLimits;
import dev.licet.domain.validation.Answer;
import dev.licet.http.AnswerWriter;
import dev.licet.http.Endpoint;
import dev.licet.http.Fields;
import dev.licet.http.Json;
import dev.licet.http.Problems;
import dev.licet.http.Request;
import dev.licet.http.Response;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code POST /api/v1/deactivate}: an application gives a seat back. */
public final class DeactivateEndpoint implements Endpoint {
  private final Seats seats;
  private final KeyVault vault;
  private final DomainNames domainNames;
  private final AddressLimits unknownKeys;

  public DeactivateEndpoint(
      Seats seats, KeyVault vault, DomainNames domainNames, AddressLimits unknownKeys) {
    this.seats = seats;
    this.vault = vault;
    this.domainNames = domainNames;
    this.unknownKeys = unknownKeys;
  }

  @Override
  public Response handle(Request request) {
    request.query().finish();
    Fields fields = request.fields();
    String typedKey = fields.required("key", Shapes.TYPED_KEY);
    String typedDomain = fields.value("domain", Shapes.DOMAIN).value();
    String fingerprint = fields.value("fingerprint", Shapes.FINGERPRINT).value();
    if (fields.has("domain") == fields.has("fingerprint")) {
      fields.wrong("domain", "send either domain or fingerprint");
    }
    String domain = typedDomain == null ? null : canonical(fields, typedDomain);
    fields.finish();
    return switch (TypedKey.read(typedKey)) {
      case TypedKey.Usable key -> release(request, key, domain, fingerprint);
      case TypedKey.Mistyped(var suggestion) ->
          notFound(request, NotFoundReason.CHECKSUM_MISMATCH, suggestion);
      case TypedKey.Unusable unusable -> notFound(request, NotFoundReason.MALFORMED, null);
    };
  }

  private Response release(
      Request request, TypedKey.Usable key, @Nullable String domain, @Nullable String fingerprint) {
    byte[] lookup = vault.lookup(key.canonical());
    Optional<Boolean> released =
        domain == null
            ? seats.release(lookup, SeatKind.DEVICE, fingerprint == null ? "" : fingerprint)
            : seats.release(lookup, SeatKind.DOMAIN, domain);
    if (released.isEmpty()) {
      return notFound(
          request, key.ours() ? NotFoundReason.UNKNOWN : NotFoundReason.MALFORMED, null);
    }
    return Response.json(200, Json.object().put("deactivated", released.get()));
  }

  private Response notFound(Request request, NotFoundReason reason, @Nullable String suggestion) {
    long wait = unknownKeys.tryPass(request.address());
    return wait > 0
        ? Problems.rateLimited(wait, "Too many unknown keys from this address.")
        : AnswerWriter.response(new Answer.NotFound(reason, suggestion), null);
  }

  private @Nullable String canonical(Fields fields, String typed) {
    if (domainNames.read(typed) instanceof DomainNames.Reading.Name name) {
      return name.canonical();
    }
    fields.wrong("domain", "is no domain name");
    return null;
  }
}
