package dev.licet.http.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.licet.domain.AddressRange;
import dev.licet.domain.Caller;
import dev.licet.domain.Given;
import dev.licet.domain.account.ApiKey;
import dev.licet.domain.account.ApiKeys;
import dev.licet.domain.account.Grant;
import dev.licet.domain.account.Scope;
import dev.licet.http.Fields;
import dev.licet.http.Fields.Shape;
import dev.licet.http.Json;
import dev.licet.http.Query;
import dev.licet.http.Request;
import dev.licet.http.Response;
import dev.licet.http.Timestamps;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code /api/v1/api-keys} and {@code /api/v1/api-keys/{id}}. */
public final class ApiKeyEndpoints {
  private static final int MAX_SCOPES = Scope.values().length;
  private static final int MAX_ADDRESSES = 100;
  private static final Shape<String> NAME = Shape.line(100);
  private static final Shape<String> SCOPE =
      new Shape<>(
          text -> Scope.of(text).map(Scope::text), "must be a scope, such as licenses:read");
  private static final Shape<String> ADDRESSES =
      new Shape<>(
          text -> AddressRange.read(text).map(AddressRange::toString),
          "must be an IP address or a block such as 10.0.0.0/8");
  private static final Shape<Boolean> MODE =
      new Shape<>(ApiKeyEndpoints::mode, "must be live or test");

  private final ApiKeys apiKeys;
  private final InstantSource clock;

  public ApiKeyEndpoints(ApiKeys apiKeys, InstantSource clock) {
    this.apiKeys = apiKeys;
    this.clock = clock;
  }

  public Response list(Request request) {
    Query query = request.query();
    int limit = query.limit();
    String startingAfter = query.cursor();
    query.finish();
    var page = apiKeys.list(request.caller().tenant(), limit, startingAfter);
    return Response.json(200, LicenseJson.page(page, ApiKeyEndpoints::json));
  }

  public Response get(Request request) {
    request.query().finish();
    return Response.json(200, json(apiKeys.get(request.caller().tenant(), request.path("id"))));
  }

  public Response create(Request request) {
    request.query().finish();
    Caller caller = request.caller();
    Fields fields = request.fields();
    String name = fields.required("name", NAME);
    Boolean live = fields.value("mode", MODE).value();
    Grant grant = grant(fields, caller.grant());
    if (!fields.has("scopes")) {
      fields.wrong("scopes", "is required");
    } else if (grant.scopes().isEmpty()) {
      fields.wrong("scopes", "must name at least one scope");
    }
    fields.finish();
    return created(
        apiKeys.create(caller, name, live == null ? caller.tenant().live() : live, grant));
  }

  public Response rotate(Request request) {
    request.query().finish();
    Fields fields = request.optionalFields();
    Overlap overlap = fields.value("overlap", Overlap.SHAPE).value();
    fields.finish();
    return created(
        apiKeys.rotate(
            request.caller(), request.path("id"), overlap == null ? null : overlap.duration()));
  }

  public Response revoke(Request request) {
    request.query().finish();
    apiKeys.revoke(request.caller(), request.path("id"));
    return Response.noContent();
  }

  /** What is not said is as with the caller's own key. */
  private Grant grant(Fields fields, Grant own) {
    Given<Instant> expiresAt = fields.nullableTime("expires_at");
    if (expiresAt.value() != null && !expiresAt.value().isAfter(clock.instant())) {
      fields.wrong("expires_at", "must lie in the future");
    }
    List<String> scopes = fields.texts("scopes", MAX_SCOPES, true, SCOPE).or(List.of());
    Given<List<String>> addresses = fields.texts("ip_allowlist", MAX_ADDRESSES, true, ADDRESSES);
    Set<Scope> read = EnumSet.noneOf(Scope.class);
    if (scopes != null) {
      scopes.forEach(text -> Scope.of(text).ifPresent(read::add));
    }
    List<AddressRange> ranges = new ArrayList<>();
    if (addresses.value() != null) {
      addresses.value().forEach(text -> AddressRange.read(text).ifPresent(ranges::add));
    }
    return new Grant(
        read, expiresAt.or(own.expiresAt()), addresses.present() ? ranges : own.addresses());
  }

  private static Optional<Boolean> mode(String text) {
    return switch (text) {
      case "live" -> Optional.of(true);
      case "test" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  private static Response created(ApiKeys.Created created) {
    ObjectNode json = json(created.key());
    json.put("key", created.text().text());
    return Response.json(201, json).with("Location", "/api/v1/api-keys/" + created.key().id());
  }

  private static ObjectNode json(ApiKey key) {
    Grant grant = key.grant();
    ObjectNode json = Json.object();
    json.put("id", key.id());
    json.put("name", key.name());
    json.put("mode", key.tenant().live() ? "live" : "test");
    json.put("hint", key.hint());
    LicenseJson.putTexts(
        json, "scopes", grant.scopes().stream().sorted().map(Scope::text).toList());
    json.put("expires_at", Timestamps.text(grant.expiresAt()));
    LicenseJson.putTexts(
        json, "ip_allowlist", grant.addresses().stream().map(AddressRange::toString).toList());
    json.put("last_used_at", Timestamps.text(key.lastUsedAt()));
    json.put("created_by", key.createdBy());
    json.put("created_at", Timestamps.text(key.createdAt()));
    json.put("revoked_at", Timestamps.text(key.revokedAt()));
    return json;
  }
}
