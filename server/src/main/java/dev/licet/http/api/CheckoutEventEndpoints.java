package dev.licet.http.api;

import dev.licet.domain.billing.CheckoutEvent;
import dev.licet.domain.billing.CheckoutEventStore.Filter;
import dev.licet.domain.billing.CheckoutEvents;
import dev.licet.http.Query;
import dev.licet.http.Request;
import dev.licet.http.Response;

/** {@code /api/v1/checkout-events}, one of them, and applying it again. */
public final class CheckoutEventEndpoints {
  private final CheckoutEvents events;

  public CheckoutEventEndpoints(CheckoutEvents events) {
    this.events = events;
  }

  public Response list(Request request) {
    Query query = request.query();
    String connection = query.text("connection_id");
    CheckoutEvent.Status status = query.value("status", CheckoutRequests.STATUS);
    int limit = query.limit();
    String startingAfter = query.cursor();
    query.finish();
    var page =
        events.list(
            request.caller().tenant(), new Filter(connection, status), limit, startingAfter);
    return Response.json(200, LicenseJson.page(page, CheckoutJson::of));
  }

  public Response get(Request request) {
    request.query().finish();
    return Response.json(
        200, CheckoutJson.of(events.get(request.caller().tenant(), request.path("id"))));
  }

  public Response retry(Request request) {
    request.query().finish();
    request.optionalFields().finish();
    return Response.json(200, CheckoutJson.of(events.retry(request.caller(), request.path("id"))));
  }
}
