package dev.licet.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The events and the audit log of a server, read to the end, oldest first.
 *
 * @param events as {@code GET /events} shows them
 * @param audit as {@code GET /audit-log} shows it
 */
record EventLog(List<JsonNode> events, List<JsonNode> audit) {
  static EventLog read(Api api) throws IOException, InterruptedException {
    return new EventLog(pages(api, "events?limit=100"), pages(api, "audit-log?limit=1000"));
  }

  /** The events alone, which are read again and again while they are waited for. */
  static Set<String> ids(Api api) throws IOException, InterruptedException {
    Set<String> ids = new HashSet<>();
    pages(api, "events?limit=100").forEach(event -> ids.add(event.path("id").asText()));
    return ids;
  }

  private static List<JsonNode> pages(Api api, String path)
      throws IOException, InterruptedException {
    List<JsonNode> rows = new ArrayList<>();
    String after = "";
    boolean more = true;
    while (more) {
      JsonNode page = api.read(path + after);
      page.path("data").forEach(rows::add);
      more = page.path("has_more").asBoolean();
      after = rows.isEmpty() ? "" : "&starting_after=" + rows.getLast().path("id").asText();
    }
    return rows.reversed();
  }

  /** What happened to each license, in order, as the events tell it. */
  Map<String, List<String>> byEvents() {
    Map<String, List<String>> types = new HashMap<>();
    for (JsonNode event : events) {
      String license = event.path("data").path("license").path("id").asText();
      if (!license.isEmpty()) {
        types.computeIfAbsent(license, id -> new ArrayList<>()).add(event.path("type").asText());
      }
    }
    return types;
  }

  /** The same, as the audit log tells it. */
  Map<String, List<String>> byAudit() {
    Map<String, List<String>> actions = new HashMap<>();
    for (JsonNode row : audit) {
      String target = row.path("target").asText();
      if (target.startsWith("lic_")) {
        actions.computeIfAbsent(target, id -> new ArrayList<>()).add(row.path("action").asText());
      }
    }
    return actions;
  }

  /** Where the two tell different stories. */
  List<String> contradictions() {
    List<String> found = new ArrayList<>();
    Map<String, List<String>> told = byEvents();
    Map<String, List<String>> audited = byAudit();
    Set<String> licenses = new HashSet<>(told.keySet());
    licenses.addAll(audited.keySet());
    for (String license : licenses) {
      if (!told.getOrDefault(license, List.of()).equals(audited.getOrDefault(license, List.of()))) {
        found.add(license + " has other events than rows of the audit log");
      }
    }
    return found;
  }

  /** The names that a license got, one after the other. */
  List<String> names(String license) {
    return events.stream()
        .filter(event -> event.path("type").asText().equals("license.updated"))
        .map(event -> event.path("data").path("license"))
        .filter(node -> node.path("id").asText().equals(license))
        .map(node -> node.path("customer_name").asText())
        .toList();
  }
}
