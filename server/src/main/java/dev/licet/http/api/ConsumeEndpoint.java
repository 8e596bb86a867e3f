package dev.licet.http.api;

import dev.licet.domain.counter.Consumption;
import dev.licet.domain.counter.Counters;
import dev.licet.domain.validation.KeyedCalls;
import dev.licet.http.AnswerWriter;
import dev.licet.http.Endpoint;
import dev.licet.http.Fields;
import dev.licet.http.Request;
import dev.licet.http.Response;

/** {@code POST /api/v1/consume}: an application uses a counted entitlement up. */
public final class ConsumeEndpoint implements Endpoint {
  private final KeyedCalls calls;
  private final Counters counters;

  public ConsumeEndpoint(KeyedCalls calls, Counters counters) {
    this.calls = calls;
    this.counters = counters;
  }

  @Override
  public Response handle(Request request) {
    request.query().finish();
    Fields fields = request.fields();
    String key = fields.required("key", Shapes.TYPED_KEY);
    Counters.Wanted wanted = CounterRequests.wanted(fields);
    fields.finish();
    return switch (calls.call(
        key, request.address(), lookup -> counters.consume(lookup, wanted, request.address()))) {
      case KeyedCalls.Result.Done<Consumption>(var consumption) ->
          CounterJson.response(consumption);
      case KeyedCalls.Result.Refused<Consumption>(var answer) ->
          AnswerWriter.response(answer, null);
    };
  }
}
