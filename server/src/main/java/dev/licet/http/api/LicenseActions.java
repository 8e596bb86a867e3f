package dev.licet.http.api;

import dev.licet.domain.Given;
import dev.licet.domain.IsoDuration;
import dev.licet.domain.license.LicenseChanges;
import dev.licet.domain.license.LicenseView;
import dev.licet.http.Fields;
import dev.licet.http.Request;
import dev.licet.http.Response;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** The actions on a licence: {@code POST /api/v1/licenses/{id}/...}. */
public final class LicenseActions {
  private final LicenseChanges changes;
  private final InstantSource clock;

  public LicenseActions(LicenseChanges changes, InstantSource clock) {
    this.changes = changes;
    this.clock = clock;
  }

  public Response suspend(Request request) {
    String reason = reason(request);
    return show(
        request, changes.suspend(request.caller(), LicenseRequests.target(request), reason));
  }

  public Response reinstate(Request request) {
    String reason = reason(request);
    return show(
        request, changes.reinstate(request.caller(), LicenseRequests.target(request), reason));
  }

  public Response renew(Request request) {
    request.query().finish();
    Fields fields = request.fields();
    Given<Instant> expiresAt = fields.nullableTime("expires_at");
    IsoDuration duration = fields.duration("duration").value();
    if (fields.has("expires_at") == fields.has("duration")) {
      fields.wrong("expires_at", "send either expires_at or duration");
    }
    fields.finish();
    LicenseChanges.Target target = LicenseRequests.target(request);
    return show(
        request,
        duration == null
            ? changes.renewUntil(request.caller(), target, expiresAt.value())
            : changes.renewFor(request.caller(), target, duration));
  }

  public Response rotate(Request request) {
    request.query().finish();
    Fields fields = request.optionalFields();
    Overlap overlap = fields.value("overlap", Overlap.SHAPE).value();
    fields.finish();
    LicenseView view =
        changes.rotate(
            request.caller(),
            LicenseRequests.target(request),
            overlap == null ? null : overlap.duration());
    return LicenseJson.revealed(200, view, clock.instant());
  }

  private static @Nullable String reason(Request request) {
    request.query().finish();
    Fields fields = request.optionalFields();
    String reason = fields.value("reason", Shapes.REASON).value();
    fields.finish();
    return reason;
  }

  private Response show(Request request, LicenseView view) {
    return LicenseJson.response(request.caller(), view, clock.instant());
  }
}
