package dev.licet.http.api;

import dev.licet.domain.billing.CheckoutConnection;
import dev.licet.domain.billing.CheckoutConnections;
import dev.licet.http.Fields;
import dev.licet.http.Query;
import dev.licet.http.Request;
import dev.licet.http.Response;

/** {@code /api/v1/checkout-connections} and {@code /api/v1/checkout-connections/{id}}. */
public final class CheckoutConnectionEndpoints {
  private final CheckoutConnections connections;

  public CheckoutConnectionEndpoints(CheckoutConnections connections) {
    this.connections = connections;
  }

  public Response list(Request request) {
    Query query = request.query();
    int limit = query.limit();
    String startingAfter = query.cursor();
    query.finish();
    var page = connections.list(request.caller().tenant(), limit, startingAfter);
    return Response.json(200, LicenseJson.page(page, CheckoutJson::of));
  }

  public Response get(Request request) {
    request.query().finish();
    return Response.json(
        200, CheckoutJson.of(connections.get(request.caller().tenant(), request.path("id"))));
  }

  public Response create(Request request) {
    request.query().finish();
    Fields body = request.fields();
    CheckoutConnections.Fields fields = CheckoutRequests.read(body);
    for (String name : new String[] {"provider", "name", "signing_secret"}) {
      if (!body.has(name)) {
        body.wrong(name, "is required");
      }
    }
    body.finish();
    CheckoutConnection created = connections.create(request.caller(), fields);
    return Response.json(201, CheckoutJson.of(created))
        .with("Location", "/api/v1/checkout-connections/" + created.id());
  }

  public Response update(Request request) {
    request.query().finish();
    Fields body = request.fields();
    CheckoutConnections.Fields fields = CheckoutRequests.read(body);
    body.finish();
    return Response.json(
        200, CheckoutJson.of(connections.update(request.caller(), request.path("id"), fields)));
  }

  public Response delete(Request request) {
    request.query().finish();
    connections.delete(request.caller(), request.path("id"));
    return Response.noContent();
  }
}
