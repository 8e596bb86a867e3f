package dev.licet.http.api;

import dev.licet.domain.Given;
import dev.licet.domain.IsoDuration;
import dev.licet.domain.license.LicenseChanges;
import dev.licet.domain.license.LicenseView;
import dev.licet.http.Fields;
import dev.licet.http.Fields.Shape;
import dev.licet.http.Request;
import dev.licet.http.Response;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The actions on a licence: {@code POST /api/v1/licenses/{id}/...}. */
public final class LicenseActions {
  private static final Duration MAX_OVERLAP = Duration.ofDays(90);

  private static final int MAX_DURATION_TEXT = 64;

  /** What stands for no overlap at all, which {@link IsoDuration} does not know. */
  private static final String NO_OVERLAP = "P(?=0|T0)(0+[YMWD])*(T(0+[HMS])+)?";

  private static final Shape<Overlap> OVERLAP =
      new Shape<>(LicenseActions::overlap, "must be 0 to 90 days, such as PT24H");

  private final LicenseChanges changes;
  private final InstantSource clock;

  /** How long the old key stays good; {@code null} is not at all. */
  private record Overlap(@Nullable IsoDuration duration) {}

  public LicenseActions(LicenseChanges changes, InstantSource clock) {
    this.changes = changes;
    this.clock = clock;
  }

  public Response suspend(Request request) {
    String reason = reason(request);
    return show(changes.suspend(request.caller(), LicenseRequests.target(request), reason));
  }

  public Response reinstate(Request request) {
    String reason = reason(request);
    return show(changes.reinstate(request.caller(), LicenseRequests.target(request), reason));
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
        duration == null
            ? changes.renewUntil(request.caller(), target, expiresAt.value())
            : changes.renewFor(request.caller(), target, duration));
  }

  public Response rotate(Request request) {
    request.query().finish();
    Fields fields = request.optionalFields();
    Overlap overlap = fields.value("overlap", OVERLAP).value();
    fields.finish();
    return show(
        changes.rotate(
            request.caller(),
            LicenseRequests.target(request),
            overlap == null ? null : overlap.duration()));
  }

  private static Optional<Overlap> overlap(String text) {
    if (text.length() <= MAX_DURATION_TEXT && text.matches(NO_OVERLAP)) {
      return Optional.of(new Overlap(null));
    }
    return IsoDuration.read(text)
        .filter(read -> !read.after(Instant.EPOCH).isAfter(Instant.EPOCH.plus(MAX_OVERLAP)))
        .map(Overlap::new);
  }

  private static @Nullable String reason(Request request) {
    request.query().finish();
    Fields fields = request.optionalFields();
    String reason = fields.value("reason", Shapes.REASON).value();
    fields.finish();
    return reason;
  }

  private Response show(LicenseView view) {
    return LicenseJson.response(200, view, clock.instant());
  }
}
