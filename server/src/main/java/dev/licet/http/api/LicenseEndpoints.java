package dev.licet.http.api;

import dev.licet.domain.Page;
import dev.licet.domain.account.Scope;
import dev.licet.domain.activation.DomainNames;
import dev.licet.domain.license.KeyVault;
import dev.licet.domain.license.LicenseChanges;
import dev.licet.domain.license.LicenseFilter;
import dev.licet.domain.license.LicenseIssuer;
import dev.licet.domain.license.LicenseStatus;
import dev.licet.domain.license.LicenseView;
import dev.licet.domain.license.Licenses;
import dev.licet.domain.license.NewLicense;
import dev.licet.domain.license.TypedKey;
import dev.licet.http.Fields;
import dev.licet.http.Query;
import dev.licet.http.Request;
import dev.licet.http.Response;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/licenses} and {@code /api/v1/licenses/{id}}. */
public final class LicenseEndpoints {
  private final LicenseIssuer issuer;
  private final Licenses licenses;
  private final LicenseChanges changes;
  private final KeyVault vault;
  private final DomainNames domainNames;
  private final InstantSource clock;

  public LicenseEndpoints(
      LicenseIssuer issuer,
      Licenses licenses,
      LicenseChanges changes,
      KeyVault vault,
      DomainNames domainNames,
      InstantSource clock) {
    this.issuer = issuer;
    this.licenses = licenses;
    this.changes = changes;
    this.vault = vault;
    this.domainNames = domainNames;
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
    LicenseStatus status =
        query.value("status", LicenseStatus::of, "must be active, suspended, expired or revoked");
    String plan = query.text("plan");
    String email = query.text("customer_email");
    String domain = query.text("domain");
    String key = query.text("key");
    Instant expiresBefore = query.time("expires_before");
    Instant expiresAfter = query.time("expires_after");
    int limit = query.limit();
    String startingAfter = query.text("starting_after");
    query.finish();
    DomainNames.Reading wantedDomain = domain == null ? null : domainNames.readSeat(domain);
    TypedKey wantedKey = key == null ? null : TypedKey.read(key);
    if (wantedDomain instanceof DomainNames.Reading.Invalid
        || (wantedKey != null && !(wantedKey instanceof TypedKey.Usable))) {
      return Response.json(
          200,
          LicenseJson.page(
              new Page<LicenseView>(List.of(), false), view -> LicenseJson.of(view, now, false)));
    }
    LicenseFilter filter =
        new LicenseFilter(
            status,
            plan,
            email,
            wantedDomain instanceof DomainNames.Reading.Name name ? name.canonical() : null,
            lookup(wantedKey),
            expiresBefore,
            expiresAfter,
            now);
    Page<LicenseView> page = licenses.list(request.caller().tenant(), filter, limit, startingAfter);
    boolean reveal = request.caller().may(Scope.LICENSES_REVEAL);
    return Response.json(200, LicenseJson.page(page, view -> LicenseJson.of(view, now, reveal)));
  }

  private byte @Nullable [] lookup(@Nullable TypedKey key) {
    return key instanceof TypedKey.Usable usable ? vault.lookup(usable.canonical()) : null;
  }
}
