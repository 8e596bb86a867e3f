package dev.licet.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.licet.domain.account.Scope;
import dev.licet.http.api.AccountEndpoints;
import dev.licet.http.api.ActivationEndpoints;
import dev.licet.http.api.AnomalyEndpoint;
import dev.licet.http.api.ApiKeyEndpoints;
import dev.licet.http.api.AuditEndpoint;
import dev.licet.http.api.BatchEndpoint;
import dev.licet.http.api.CheckoutConnectionEndpoints;
import dev.licet.http.api.CheckoutEndpoints;
import dev.licet.http.api.CheckoutEventEndpoints;
import dev.licet.http.api.CheckoutInboxEndpoint;
import dev.licet.http.api.CheckoutResultEndpoint;
import dev.licet.http.api.ConsumeEndpoint;
import dev.licet.http.api.CounterEndpoints;
import dev.licet.http.api.CustomerEndpoints;
import dev.licet.http.api.DeactivateEndpoint;
import dev.licet.http.api.DeliveryEndpoints;
import dev.licet.http.api.EventEndpoints;
import dev.licet.http.api.ExportEndpoint;
import dev.licet.http.api.ImportEndpoint;
import dev.licet.http.api.LicenseActions;
import dev.licet.http.api.LicenseEndpoints;
import dev.licet.http.api.MailTemplateEndpoints;
import dev.licet.http.api.PlanEndpoints;
import dev.licet.http.api.ProductEndpoints;
import dev.licet.http.api.ServerEndpoints;
import dev.licet.http.api.SlaEndpoint;
import dev.licet.http.api.UsageEndpoint;
import dev.licet.http.api.UsageReportEndpoints;
import dev.licet.http.api.WebhookEndpoints;
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
  void theDescriptionSaysWhoMayCall() {
    Map<String, String> described = new TreeMap<>();
    document
        .operations()
        .forEach(operation -> described.put(operation.toString(), operation.access()));
    Map<String, String> served = new TreeMap<>(Map.of("POST " + ValidateEndpoint.PATH, "public"));
    for (Route route : Routes.of(endpoints())) {
      served.put(route.method() + " " + route.template(), access(route.access()));
    }
    assertEquals(described, served);
  }

  private static String access(Route.Access access) {
    return switch (access) {
      case Route.Access.Public anyone -> "public";
      case Route.Access.Operator operator -> "operatorKey";
      case Route.Access.Keyed(Scope scope) -> "apiKey " + scope.text();
    };
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
        new UsageEndpoint(null, null),
        new UsageReportEndpoints(null, null, null, null, null),
        new AnomalyEndpoint(null),
        new SlaEndpoint(null),
        new CustomerEndpoints(null, null),
        new ProductEndpoints(null),
        new PlanEndpoints(null),
        new AuditEndpoint(null),
        new EventEndpoints(null, null),
        new ApiKeyEndpoints(null, null),
        new WebhookEndpoints(null, null, null, null),
        new DeliveryEndpoints(null),
        new CheckoutEndpoints(
            new CheckoutConnectionEndpoints(null),
            new CheckoutEventEndpoints(null),
            new CheckoutInboxEndpoint(null, null),
            new CheckoutResultEndpoint(null, null, null),
            new MailTemplateEndpoints(null)),
        new AccountEndpoints(null, null),
        new DeactivateEndpoint(null, null, null),
        new ConsumeEndpoint(null, null),
        new CounterEndpoints(null),
        new ServerEndpoints(Map.of(), () -> true, () -> ""));
  }
}
