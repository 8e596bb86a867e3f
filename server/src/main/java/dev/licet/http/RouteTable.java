package dev.licet.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the route of a request. */
final class RouteTable {
  private static final int MAX_PARTS = 16;

  private final List<Entry> entries = new ArrayList<>();

  private record Entry(Route route, String[] parts) {}

  /** A route and what stood in the places that vary, still percent-encoded. */
  record Match(Route route, Map<String, String> parameters) {}

  RouteTable(List<Route> routes) {
    for (Route route : routes) {
      entries.add(new Entry(route, route.template().split("/", -1)));
    }
  }

  /** The route of a request; {@code null} when there is none of this method and path. */
  @Nullable Match find(String method, String path) {
    String[] parts = path.split("/", MAX_PARTS);
    for (Entry entry : entries) {
      if (entry.route().method().equals(method)) {
        Map<String, String> parameters = match(entry.parts(), parts);
        if (parameters != null) {
          return new Match(entry.route(), parameters);
        }
      }
    }
    return null;
  }

  /** The methods that a path has; none when there is no such path. */
  Set<String> methods(String path) {
    String[] parts = path.split("/", MAX_PARTS);
    Set<String> methods = new LinkedHashSet<>();
    for (Entry entry : entries) {
      if (match(entry.parts(), parts) != null) {
        methods.add(entry.route().method());
      }
    }
    return methods;
  }

  private static @Nullable Map<String, String> match(String[] template, String[] path) {
    if (template.length != path.length) {
      return null;
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    for (int i = 0; i < path.length; i++) {
      String part = template[i];
      if (part.startsWith("{")) {
        parameters.put(part.substring(1, part.length() - 1), path[i]);
      } else if (!part.equals(path[i])) {
        return null;
      }
    }
    return parameters;
  }
}
