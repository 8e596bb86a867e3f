package dev.licet.http.api;

import dev.licet.domain.counter.CounterState;
import dev.licet.domain.counter.Counters;
import dev.licet.http.Fields;
import dev.licet.http.Request;
import dev.licet.http.Response;

/** The counters of a licence: {@code /api/v1/licenses/{id}/consume} and {@code .../counters}. */
public final class CounterEndpoints {
  private final Counters counters;

  public CounterEndpoints(Counters counters) {
    this.counters = counters;
  }

  public Response consume(Request request) {
    request.query().finish();
    Fields fields = request.fields();
    Counters.Wanted wanted = CounterRequests.wanted(fields);
    fields.finish();
    return CounterJson.response(counters.consume(request.caller(), request.path("id"), wanted));
  }

  public Response reset(Request request) {
    request.query().finish();
    request.optionalFields().finish();
    CounterState state = counters.reset(request.caller(), request.path("id"), request.path("name"));
    return Response.json(200, CounterJson.state(state));
  }
}
