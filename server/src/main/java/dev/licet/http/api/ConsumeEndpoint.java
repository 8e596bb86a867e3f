package dev.licet.http.api;

import dev.licet.domain.counter.Consumption;
import dev.licet.domain.counter.Counters;
import dev.licet.domain.validation.KeyedCalls;
import dev.licet.http.Fields;
import dev.licet.http.Request;
import dev.licet.http.Response;

/** {@code POST /api/v1/consume}: an application uses a counted entitlement up. */
public final class ConsumeEndpoint extends KeyedEndpoint<Consumption> {
  private final Counters counters;

  public ConsumeEndpoint(KeyedCalls calls, Counters counters) {
    super(calls);
    this.counters = counters;
  }

  @Override
  Asked<Consumption> read(Request request) {
    request.query().finish();
    Fields fields = request.fields();
    String key = fields.required("key", Shapes.TYPED_KEY);
    Counters.Wanted wanted = CounterRequests.wanted(fields);
    fields.finish();
    return new Asked<>(key, lookup -> counters.consume(lookup, wanted, request.address()));
  }

  @Override
  Response answer(Consumption done) {
    return CounterJson.response(done);
  }
}
