package dev.licet.http.api;

import dev.licet.domain.Page;
import dev.licet.domain.account.Scope;
import dev.licet.domain.license.LicenseChanges;
import dev.licet.domain.license.LicenseFilter;
import dev.licet.domain.license.LicenseIssuer;
import dev.licet.domain.license.LicenseView;
import dev.licet.domain.license.Licenses;
import dev.licet.domain.license.NewLicense;
import dev.licet.http.Fields;
import dev.licet.http.Query;
import dev.licet.http.Request;
import dev.licet.http.Response;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** {@code /api/v1/licenses} and {@code /api/v1/licenses/{id}}. */
public final class LicenseEndpoints {
  private final LicenseIssuer issuer;
  private final Licenses licenses;
  private final LicenseChanges changes;
  private final LicenseFilters filters;
  private final InstantSource clock;

  public LicenseEndpoints(
      LicenseIssuer issuer,
      Licenses licenses,
      LicenseChanges changes,
      LicenseFilters filters,
      InstantSource clock) {
    this.issuer = issuer;
    this.licenses = licenses;
    this.changes = changes;
    this.filters = filters;
    this.clock = clock;
  }

  public Response create(Request request) {
    request.query().finish();
    NewLicense wanted = LicenseRequests.create(request.fields());
    LicenseView view = issuer.create(request.caller(), wanted);
    return LicenseJson.revealed(201, view, clock.instant())
        .with("Location", "/api/v1/licenses/" + view.license().id());
  }

  public Response get(Request request) {
    request.query().finish();
    LicenseView view = licenses.get(request.caller().tenant(), request.path("id"));
    return LicenseJson.response(request.caller(), view, clock.instant());
  }

  public Response update(Request request) {
    request.query().finish();
    var update = LicenseRequests.update(request.fields());
    LicenseView view = changes.update(request.caller(), LicenseRequests.target(request), update);
    return LicenseJson.response(request.caller(), view, clock.instant());
  }

  /**
   * The reason may stand in the body or, since some clients send none with DELETE, in the query.
   */
  public Response revoke(Request request) {
    Query query = request.query();
    String inQuery = query.value("reason", Shapes.REASON.reader(), Shapes.REASON.expected());
    Fields fields = request.optionalFields();
    String inBody = fields.value("reason", Shapes.REASON).value();
    query.finish();
    if (inQuery != null && inBody != null) {
      fields.wrong("reason", "stands in the query too: send it once");
    }
    fields.finish();
    LicenseView view =
        changes.revoke(
            request.caller(), LicenseRequests.target(request), inBody == null ? inQuery : inBody);
    return LicenseJson.response(request.caller(), view, clock.instant());
  }

  public Response list(Request request) {
    Instant now = clock.instant();
    Query query = request.query();
    Optional<LicenseFilter> filter = filters.read(query::value, now);
    int limit = query.limit();
    String startingAfter = query.cursor();
    query.finish();
    Page<LicenseView> page =
        filter
            .map(wanted -> licenses.list(request.caller().tenant(), wanted, limit, startingAfter))
            .orElseGet(() -> new Page<>(List.of(), false));
    boolean reveal = request.caller().may(Scope.LICENSES_REVEAL);
    return Response.json(200, LicenseJson.page(page, view -> LicenseJson.of(view, now, reveal)));
  }
}
