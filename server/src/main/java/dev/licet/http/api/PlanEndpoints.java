package dev.licet.http.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.licet.domain.plan.Plan;
import dev.licet.domain.plan.Plans;
import dev.licet.domain.plan.Policy;
import dev.licet.http.Fields;
import dev.licet.http.Json;
import dev.licet.http.Query;
import dev.licet.http.Request;
import dev.licet.http.Response;
import dev.licet.http.Timestamps;

/** {@code /api/v1/plans} and {@code /api/v1/plans/{name}}. */
public final class PlanEndpoints {
  private final Plans plans;

  public PlanEndpoints(Plans plans) {
    this.plans = plans;
  }

  public Response list(Request request) {
    Query query = request.query();
    int limit = query.limit();
    String startingAfter = query.cursor();
    query.finish();
    var page = plans.list(accountNo(request), limit, startingAfter);
    return Response.json(200, LicenseJson.page(page, PlanEndpoints::json));
  }

  public Response create(Request request) {
    request.query().finish();
    Fields body = request.fields();
    String name = body.required("name", Shapes.NAME);
    Plans.Fields fields = fields(body);
    body.finish();
    Plan plan = plans.create(accountNo(request), name, fields);
    return Response.json(201, json(plan)).with("Location", "/api/v1/plans/" + plan.name());
  }

  public Response get(Request request) {
    request.query().finish();
    return Response.json(200, json(plans.get(accountNo(request), request.path("name"))));
  }

  public Response update(Request request) {
    request.query().finish();
    Fields body = request.fields();
    Plans.Fields fields = fields(body);
    body.finish();
    Plan plan = plans.update(accountNo(request), request.path("name"), fields);
    return Response.json(200, json(plan));
  }

  public Response delete(Request request) {
    request.query().finish();
    plans.delete(accountNo(request), request.path("name"));
    return Response.noContent();
  }

  private static long accountNo(Request request) {
    return request.caller().tenant().accountNo();
  }

  private static Plans.Fields fields(Fields body) {
    return new Plans.Fields(
        body.texts("features", Shapes.MAX_FEATURES, true, Shapes.FEATURE),
        body.nullableCount("max_domains"),
        body.nullableCount("max_devices"),
        body.nullableDuration("duration"),
        body.flag("local_domains_take_seats"),
        body.value("expires_from", Shapes.EXPIRES_FROM),
        RuleRequests.ofPlan(body));
  }

  static ObjectNode json(Plan plan) {
    ObjectNode json = Json.object();
    json.put("name", plan.name());
    LicenseJson.putTexts(json, "features", plan.features());
    json.put("max_domains", plan.maxDomains());
    json.put("max_devices", plan.maxDevices());
    json.put("duration", plan.duration() == null ? null : plan.duration().toString());
    json.put("local_domains_take_seats", plan.localDomainsTakeSeats());
    json.put("expires_from", plan.expiresFrom().text());
    Policy policy = plan.policy();
    json.put("devices", policy.leasesDevices() ? "floating" : "fixed");
    json.put("lease_minutes", policy.leasesDevices() ? policy.deviceLeaseMinutes() : null);
    json.setAll(Json.tree(policy.fields()));
    json.set("counters", CounterJson.rules(plan.counters()));
    json.put("created_at", Timestamps.text(plan.createdAt()));
    json.put("updated_at", Timestamps.text(plan.updatedAt()));
    return json;
  }
}
