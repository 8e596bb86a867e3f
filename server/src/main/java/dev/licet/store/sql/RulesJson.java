package dev.licet.store.sql;

import com.fasterxml.jackson.databind.JsonNode;
import dev.licet.domain.SemanticVersion;
import dev.licet.domain.counter.CounterReset;
import dev.licet.domain.counter.CounterRule;
import dev.licet.domain.plan.Rules;
import dev.licet.domain.plan.SeatRelease;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rules in a column: a JSON object of what they say, {@code {}} when they say nothing. */
final class RulesJson {
  /** A counter as it stands in the column. */
  record Counter(@Nullable Long limit, String reset) {}

  private RulesJson() {}

  static String write(Rules rules) {
    Map<String, @Nullable Object> said = new LinkedHashMap<>();
    said.put("trial", rules.trial());
    said.put("grace_days", rules.graceDays());
    SeatRelease release = rules.seatRelease();
    said.put("release_by", release == null ? null : release.by().text());
    said.put("releases_per_week", release == null ? null : release.perWeek());
    said.put("device_lease_minutes", rules.deviceLeaseMinutes());
    said.put("require_domain", rules.requireDomain());
    said.put("require_fingerprint", rules.requireFingerprint());
    said.put("ip_allowlist", rules.ipAllowlist());
    said.put("min_version", Rows.text(rules.minVersion()));
    said.put("max_version", Rows.text(rules.maxVersion()));
    said.put("limits", rules.limits());
    said.put("counters", rules.counters() == null ? null : counters(rules.counters()));
    said.values().removeIf(value -> value == null);
    return Json.write(said);
  }

  static Rules read(String json) {
    JsonNode said = Json.tree(json);
    return said.isEmpty()
        ? Rules.NONE
        : new Rules(
            flag(said, "trial"),
            number(said, "grace_days"),
            seatRelease(said),
            number(said, "device_lease_minutes"),
            flag(said, "require_domain"),
            flag(said, "require_fingerprint"),
            texts(said.get("ip_allowlist")),
            version(said, "min_version"),
            version(said, "max_version"),
            limits(said.get("limits")),
            counters(said.get("counters")));
  }

  private static @Nullable Boolean flag(JsonNode said, String name) {
    JsonNode value = said.get(name);
    return value == null ? null : (Boolean) value.booleanValue();
  }

  private static @Nullable Integer number(JsonNode said, String name) {
    JsonNode value = said.get(name);
    return value == null ? null : (Integer) value.intValue();
  }

  private static @Nullable SeatRelease seatRelease(JsonNode said) {
    JsonNode by = said.get("release_by");
    return by == null
        ? null
        : new SeatRelease(
            SeatRelease.By.of(by.textValue()).orElseThrow(), number(said, "releases_per_week"));
  }

  private static @Nullable SemanticVersion version(JsonNode said, String name) {
    JsonNode value = said.get(name);
    return value == null ? null : SemanticVersion.read(value.textValue()).orElseThrow();
  }

  private static @Nullable List<String> texts(@Nullable JsonNode values) {
    if (values == null) {
      return null;
    }
    List<String> texts = new ArrayList<>();
    values.forEach(value -> texts.add(value.textValue()));
    return texts;
  }

  /** Counters as the column and the API show them. */
  static Map<String, Counter> counters(Map<String, CounterRule> rules) {
    Map<String, Counter> counters = new LinkedHashMap<>();
    rules.forEach(
        (name, rule) -> counters.put(name, new Counter(rule.limit(), rule.reset().text())));
    return counters;
  }

  private static @Nullable Map<String, CounterRule> counters(@Nullable JsonNode values) {
    if (values == null) {
      return null;
    }
    Map<String, CounterRule> rules = new LinkedHashMap<>();
    for (var entry : values.properties()) {
      JsonNode limit = entry.getValue().path("limit");
      String reset = entry.getValue().path("reset").textValue();
      rules.put(
          entry.getKey(),
          new CounterRule(
              limit.isNull() ? null : limit.longValue(), CounterReset.of(reset).orElseThrow()));
    }
    return rules;
  }

  private static @Nullable Map<String, Long> limits(@Nullable JsonNode values) {
    if (values == null) {
      return null;
    }
    Map<String, Long> limits = new LinkedHashMap<>();
    values.properties().forEach(entry -> limits.put(entry.getKey(), entry.getValue().longValue()));
    return limits;
  }
}
