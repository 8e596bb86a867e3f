package dev.licet.http.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.licet.domain.counter.Consumption;
import dev.licet.domain.counter.CounterRule;
import dev.licet.domain.counter.CounterState;
import dev.licet.http.Json;
import dev.licet.http.Response;
import dev.licet.http.Timestamps;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counters as the API shows them. */
final class CounterJson {
  private CounterJson() {}

  static ObjectNode rules(Map<String, CounterRule> rules) {
    ObjectNode json = Json.object();
    new TreeMap<>(rules).forEach((name, rule) -> put(json.putObject(name), rule));
    return json;
  }

  static ObjectNode states(SortedMap<String, CounterState> states) {
    ObjectNode json = Json.object();
    states.forEach((name, state) -> json.set(name, state(state)));
    return json;
  }

  static ObjectNode state(CounterState state) {
    ObjectNode json = Json.object();
    put(json, state.rule());
    json.put("used", state.used());
    json.put("remaining", state.remaining());
    json.put("resets_at", Timestamps.text(state.resetsAt()));
    return json;
  }

  /** The answer to an attempt to consume; a refusal is no error. */
  static Response response(Consumption consumption) {
    ObjectNode json = Json.object();
    switch (consumption) {
      case Consumption.Consumed(String name, long amount, CounterState state) -> {
        json.put("consumed", true);
        json.put("name", name);
        json.put("amount", amount);
        json.set("counter", state(state));
      }
      case Consumption.Refused refused -> {
        json.put("consumed", false);
        json.put("error", refused.code().name());
        json.put("message", refused.code().message());
        json.put("name", refused.name());
        CounterState state = refused.state();
        if (state != null) {
          json.set("counter", state(state));
        }
      }
    }
    return Response.json(200, json);
  }

  private static void put(ObjectNode json, CounterRule rule) {
    json.put("limit", rule.limit());
    json.put("reset", rule.reset().text());
  }
}
