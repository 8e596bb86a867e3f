package dev.licet.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.licet.http.api.ActivationEndpoints;
import dev.licet.http.api.BatchEndpoint;
import dev.licet.http.api.ConsumeEndpoint;
import dev.licet.http.api.CounterEndpoints;
import dev.licet.http.api.DeactivateEndpoint;
import dev.licet.http.api.ExportEndpoint;
import dev.licet.http.api.ImportEndpoint;
import dev.licet.http.api.LicenseActions;
import dev.licet.http.api.LicenseEndpoints;
import dev.licet.http.api.PlanEndpoints;
import dev.licet.http.api.ServerEndpoints;
import dev.licet.http.api.UsageEndpoint;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RoutesMatchSpecTest {
  private final OpenApiDocument document = OpenApiDocument.load();

  @Test
  void theDescriptionHasTheRoutesThatAreServedAndNoOther() {
    Set<String> described = new TreeSet<>();
    document.operations().forEach(operation -> described.add(operation.toString()));
    Set<String> served = new TreeSet<>(Set.of("POST " + ValidateEndpoint.PATH));
    Routes.of(endpoints()).forEach(route -> served.add(route.method() + " " + route.template()));
    assertEquals(described, served);
  }

  @Test
  void theDescriptionSaysWhichRoutesNeedAnApiKey() {
    Map<String, Boolean> described = new TreeMap<>();
    for (OpenApiDocument.Operation operation : document.operations()) {
      Object security = operation.definition().get("security");
      described.put(operation.toString(), security != null && !security.toString().equals("[]"));
    }
    Map<String, Boolean> served = new TreeMap<>(Map.of("POST " + ValidateEndpoint.PATH, false));
    for (Route route : Routes.of(endpoints())) {
      served.put(
          route.method().toUpperCase(Locale.ROOT) + " " + route.template(),
          route.access() == Route.Access.API_KEY);
    }
    assertEquals(described, served);
  }

  /** Endpoints that are never called. */
  private static Routes.Endpoints endpoints() {
    return new Routes.Endpoints(
        new LicenseEndpoints(null, null, null, null, null),
        new LicenseActions(null, null),
        new BatchEndpoint(null, null, null, null),
        new ImportEndpoint(null),
        new ExportEndpoint(null, null, null),
        new ActivationEndpoints(null, null),
        new UsageEndpoint(null),
        new PlanEndpoints(null),
        new DeactivateEndpoint(null, null),
        new ConsumeEndpoint(null, null),
        new CounterEndpoints(null),
        new ServerEndpoints(Map.of(), () -> ""));
  }
}
