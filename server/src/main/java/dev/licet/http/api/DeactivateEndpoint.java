package dev.licet.http.api;

import dev.licet.domain.activation.DomainNames;
import dev.licet.domain.activation.SeatKind;
import dev.licet.domain.activation.Seats;
import dev.licet.domain.validation.KeyedCalls;
import dev.licet.http.Fields;
import dev.licet.http.Json;
import dev.licet.http.Request;
import dev.licet.http.Response;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code POST /api/v1/deactivate}: an application gives a seat back. */
public final class DeactivateEndpoint extends KeyedEndpoint<Boolean> {
  private final Seats seats;
  private final DomainNames domainNames;

  public DeactivateEndpoint(KeyedCalls calls, Seats seats, DomainNames domainNames) {
    super(calls);
    this.seats = seats;
    this.domainNames = domainNames;
  }

  @Override
  Asked<Boolean> read(Request request) {
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
    String value = Objects.requireNonNullElse(fingerprint == null ? domain : fingerprint, "");
    return new Asked<>(typedKey, lookup -> seats.release(lookup, kind, value));
  }

  @Override
  Response answer(Boolean wasTaken) {
    return Response.json(200, Json.object().put("deactivated", wasTaken));
  }

  private @Nullable String canonical(Fields fields, String typed) {
    if (domainNames.read(typed) instanceof DomainNames.Reading.Name name) {
      return name.canonical();
    }
    fields.wrong("domain", "is no domain name");
    return null;
  }
}
