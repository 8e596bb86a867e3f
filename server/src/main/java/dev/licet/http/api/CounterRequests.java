package dev.licet.http.api;

import dev.licet.domain.Given;
import dev.licet.domain.counter.CounterReset;
import dev.licet.domain.counter.CounterRule;
import dev.licet.domain.counter.Counters;
import dev.licet.http.Fields;
import java.util.Map;

/** Reads what bodies say of counters. */
final class CounterRequests {
  /** Units that one call may consume. */
  private static final int MOST_AT_ONCE = 1_000_000_000;

  private CounterRequests() {}

  /** What a plan or a licence grants. */
  static Given<Map<String, CounterRule>> rules(Fields fields) {
    return fields.nullableObjects(
        "counters", Shapes.MAX_COUNTERS, Shapes.COUNTER, CounterRequests::rule);
  }

  /** What is to be consumed. */
  static Counters.Wanted wanted(Fields fields) {
    String name = fields.required("name", Shapes.COUNTER);
    Integer amount = fields.number("amount", 1, MOST_AT_ONCE).value();
    String key = fields.value("idempotency_key", Shapes.IDEMPOTENCY_KEY).value();
    return new Counters.Wanted(name, amount == null ? 1 : amount, key);
  }

  private static CounterRule rule(Fields fields) {
    if (!fields.has("limit")) {
      fields.wrong("limit", "is required");
    }
    Long limit = fields.nullableLongCount("limit").value();
    CounterReset reset = fields.value("reset", Shapes.COUNTER_RESET).value();
    return new CounterRule(limit, reset == null ? CounterReset.NEVER : reset);
  }
}
