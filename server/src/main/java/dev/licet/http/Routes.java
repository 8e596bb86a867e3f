package dev.licet.http;

import static dev.licet.http.Route.Access.API_KEY;
import static dev.licet.http.Route.Access.PUBLIC;

import dev.licet.http.api.ActivationEndpoints;
import dev.licet.http.api.BatchEndpoint;
import dev.licet.http.api.ConsumeEndpoint;
import dev.licet.http.api.CounterEndpoints;
import dev.licet.http.api.DeactivateEndpoint;
import dev.licet.http.api.ExportEndpoint;
import dev.licet.http.api.ImportEndpoint;
import dev.licet.http.api.LicenseActions;
import dev.licet.http.api.LicenseEndpoints;
import dev.licet.http.api.PlanEndpoints;
import dev.licet.http.api.ServerEndpoints;
import dev.licet.http.api.UsageEndpoint;
import java.util.List;

/**
 * The route map. {@code POST /api/v1/validate} stands in {@link ValidateEndpoint}, off this table.
 */
public final class Routes {
  private static final String LICENSES = "/api/v1/licenses";
  private static final String LICENSE = "/api/v1/licenses/{id}";
  private static final String ACTIVATIONS = LICENSE + "/activations";
  private static final String PLANS = "/api/v1/plans";
  private static final String PLAN = "/api/v1/plans/{name}";

  private Routes() {}

  /** The endpoints that the map needs. */
  public record Endpoints(
      LicenseEndpoints licenses,
      LicenseActions actions,
      BatchEndpoint batch,
      ImportEndpoint imports,
      ExportEndpoint exports,
      ActivationEndpoints activations,
      UsageEndpoint usage,
      PlanEndpoints plans,
      DeactivateEndpoint deactivate,
      ConsumeEndpoint consume,
      CounterEndpoints counters,
      ServerEndpoints server) {}

  static List<Route> of(Endpoints to) {
    return List.of(
        new Route("POST", "/api/v1/deactivate", PUBLIC, to.deactivate()),
        new Route("POST", "/api/v1/consume", PUBLIC, to.consume()),
        new Route("GET", LICENSES, API_KEY, to.licenses()::list),
        new Route("POST", LICENSES, API_KEY, to.licenses()::create),
        new Route("POST", LICENSES + "/batch", API_KEY, to.batch()),
        new Route("POST", LICENSES + "/import", API_KEY, to.imports()),
        new Route("GET", LICENSES + "/export", API_KEY, to.exports()),
        new Route("GET", LICENSE, API_KEY, to.licenses()::get),
        new Route("PUT", LICENSE, API_KEY, to.licenses()::update),
        new Route("PATCH", LICENSE, API_KEY, to.licenses()::update),
        new Route("DELETE", LICENSE, API_KEY, to.licenses()::revoke),
        new Route("POST", LICENSE + "/suspend", API_KEY, to.actions()::suspend),
        new Route("POST", LICENSE + "/reinstate", API_KEY, to.actions()::reinstate),
        new Route("POST", LICENSE + "/renew", API_KEY, to.actions()::renew),
        new Route("POST", LICENSE + "/rotate", API_KEY, to.actions()::rotate),
        new Route("POST", LICENSE + "/consume", API_KEY, to.counters()::consume),
        new Route("POST", LICENSE + "/counters/{name}/reset", API_KEY, to.counters()::reset),
        new Route("GET", ACTIVATIONS, API_KEY, to.activations()::list),
        new Route("POST", ACTIVATIONS, API_KEY, to.activations()::add),
        new Route("DELETE", ACTIVATIONS + "/{activation_id}", API_KEY, to.activations()::remove),
        new Route("GET", LICENSE + "/usage", API_KEY, to.usage()),
        new Route("GET", PLANS, API_KEY, to.plans()::list),
        new Route("POST", PLANS, API_KEY, to.plans()::create),
        new Route("GET", PLAN, API_KEY, to.plans()::get),
        new Route("PUT", PLAN, API_KEY, to.plans()::update),
        new Route("DELETE", PLAN, API_KEY, to.plans()::delete),
        new Route("GET", "/api/v1/openapi.yaml", PUBLIC, to.server()::specification),
        new Route("GET", "/openapi.yaml", PUBLIC, to.server()::specification),
        new Route("GET", "/docs", PUBLIC, to.server()::docs),
        new Route("GET", "/docs/redoc.standalone.js", PUBLIC, to.server()::docsScript),
        new Route("GET", "/health/live", PUBLIC, to.server()::live),
        new Route("GET", "/health/ready", PUBLIC, to.server()::ready),
        new Route("GET", "/metrics", PUBLIC, to.server()::metrics));
  }
}
