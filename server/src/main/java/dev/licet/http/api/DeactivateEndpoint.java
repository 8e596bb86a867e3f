package dev.licet.http.api;

import dev.licet.domain.activation.DomainNames;
import dev.licet.domain.activation.SeatKind;
import dev.licet.domain.validation.Deactivations;
import dev.licet.domain.validation.KeyedCalls;
import dev.licet.http.AnswerWriter;
import dev.licet.http.Endpoint;
import dev.licet.http.Fields;
import dev.licet.http.Json;
import dev.licet.http.Request;
import dev.licet.http.Response;
import org.jspecify.annotations.Nullable;

/** {@code POST /api/v1/deactivate}: an application gives a seat back. */
public final class DeactivateEndpoint implements Endpoint {
  private final Deactivations deactivations;
  private final DomainNames domainNames;

  public DeactivateEndpoint(Deactivations deactivations, DomainNames domainNames) {
    this.deactivations = deactivations;
    this.domainNames = domainNames;
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
    SeatKind kind = fingerprint == null ? SeatKind.DOMAIN : SeatKind.DEVICE;
    String value = fingerprint == null ? domain : fingerprint;
    return switch (deactivations.release(
        typedKey, kind, value == null ? "" : value, request.address())) {
      case KeyedCalls.Result.Done<Boolean>(Boolean wasTaken) ->
          Response.json(200, Json.object().put("deactivated", wasTaken));
      case KeyedCalls.Result.Refused<Boolean>(var answer) -> AnswerWriter.response(answer, null);
    };
  }

  private @Nullable String canonical(Fields fields, String typed) {
    if (domainNames.read(typed) instanceof DomainNames.Reading.Name name) {
      return name.canonical();
    }
    fields.wrong("domain", "is no domain name");
    return null;
  }
}
