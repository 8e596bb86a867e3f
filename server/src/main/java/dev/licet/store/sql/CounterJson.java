package dev.licet.store.sql;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.licet.domain.counter.CounterReset;
import dev.licet.domain.counter.CounterRule;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The rules of counters in a column: an object of {@code name: {limit, reset}}. */
final class CounterJson {
  private static final TypeReference<Map<String, Column>> COLUMN = new TypeReference<>() {};

  private record Column(@Nullable Long limit, String reset) {}

  private CounterJson() {}

  static String write(Map<String, CounterRule> rules) {
    return Json.write(shown(rules));
  }

  /** As the column and the API show them, in the order of their names. */
  static Map<String, Object> shown(Map<String, CounterRule> rules) {
    Map<String, Object> shown = new TreeMap<>();
    rules.forEach((name, rule) -> shown.put(name, new Column(rule.limit(), rule.reset().text())));
    return shown;
  }

  static Map<String, CounterRule> read(String column) {
    if (column.equals("{}")) {
      return Map.of();
    }
    Map<String, CounterRule> rules = new LinkedHashMap<>();
    Json.read(column, COLUMN)
        .forEach((name, rule) ->
            rules.put(
                name, new CounterRule(rule.limit(), CounterReset.of(rule.reset()).orElseThrow())));
    return rules;
  }
}
