package dev.licet.http.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.licet.domain.plan.Rules;
import dev.licet.domain.plan.SeatRelease;
import dev.licet.http.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a licence says for itself, as {@link RuleRequests} reads it. */
final class RuleJson {
  private RuleJson() {}

  /** Only what the rules say something about. */
  static ObjectNode of(Rules rules) {
    Map<String, @Nullable Object> said = new LinkedHashMap<>();
    said.put("trial", rules.trial());
    Integer grace = rules.graceDays();
    if (grace != null) {
      said.put("expiry_strategy", grace == 0 ? "refuse" : "grace");
      said.put("grace_days", grace == 0 ? null : grace);
    }
    said.put("seat_release", release(rules.seatRelease()));
    said.put("require_domain", rules.requireDomain());
    said.put("require_fingerprint", rules.requireFingerprint());
    said.put("ip_allowlist", rules.ipAllowlist());
    said.put("min_version", rules.minVersion() == null ? null : rules.minVersion().toString());
    said.put("max_version", rules.maxVersion() == null ? null : rules.maxVersion().toString());
    said.put("limits", rules.limits());
    said.values().removeIf(value -> value == null);
    ObjectNode json = Json.tree(said);
    if (rules.counters() != null) {
      json.set("counters", CounterJson.rules(rules.counters()));
    }
    return json;
  }

  private static @Nullable Map<String, @Nullable Object> release(@Nullable SeatRelease release) {
    if (release == null) {
      return null;
    }
    Map<String, @Nullable Object> said = new LinkedHashMap<>();
    said.put("by", release.by().text());
    said.put("per_week", release.perWeek());
    return said;
  }
}
