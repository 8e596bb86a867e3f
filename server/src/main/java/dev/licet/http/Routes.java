package dev.licet.http;

import static dev.licet.domain.account.Scope.ACCOUNT_READ;
import static dev.licet.domain.account.Scope.ACCOUNT_WRITE;
import static dev.licet.domain.account.Scope.AUDIT_READ;
import static dev.licet.domain.account.Scope.CHECKOUT;
import static dev.licet.domain.account.Scope.CUSTOMERS;
import static dev.licet.domain.account.Scope.EVENTS_READ;
import static dev.licet.domain.account.Scope.LICENSES_READ;
import static dev.licet.domain.account.Scope.LICENSES_REVEAL;
import static dev.licet.domain.account.Scope.LICENSES_REVOKE;
import static dev.licet.domain.account.Scope.LICENSES_WRITE;
import static dev.licet.domain.account.Scope.PLANS_READ;
import static dev.licet.domain.account.Scope.PLANS_WRITE;
import static dev.licet.domain.account.Scope.USAGE_READ;
import static dev.licet.domain.account.Scope.WEBHOOKS;
import static dev.licet.http.Route.Access.OPERATOR;
import static dev.licet.http.Route.Access.PUBLIC;
import static dev.licet.http.Route.Access.needs;

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
import dev.licet.http.api.PlanEndpoints;
import dev.licet.http.api.ProductEndpoints;
import dev.licet.http.api.ServerEndpoints;
import dev.licet.http.api.SlaEndpoint;
import dev.licet.http.api.UsageEndpoint;
import dev.licet.http.api.UsageReportEndpoints;
import dev.licet.http.api.WebhookEndpoints;
import java.util.List;
import java.util.stream.Stream;

/**
 * The route map. {@code POST /api/v1/validate} stands in {@link ValidateEndpoint}, off this table.
 */
public final class Routes {
  private static final String LICENSES = "/api/v1/licenses";
  private static final String LICENSE = "/api/v1/licenses/{id}";
  private static final String ACTIVATIONS = LICENSE + "/activations";
  private static final String PRODUCTS = "/api/v1/products";
  private static final String PRODUCT = "/api/v1/products/{name}";
  private static final String PLANS = "/api/v1/plans";
  private static final String PLAN = "/api/v1/plans/{name}";
  private static final String CUSTOMER = "/api/v1/customers/{email}";
  private static final String EVENTS = "/api/v1/events";
  private static final String API_KEYS = "/api/v1/api-keys";
  private static final String API_KEY = "/api/v1/api-keys/{id}";
  private static final String HOOKS = "/api/v1/webhooks";
  private static final String HOOK = "/api/v1/webhooks/{id}";
  private static final String DELIVERY = "/api/v1/deliveries/{id}";
  private static final String ACCOUNTS = "/api/v1/accounts";
  private static final String ACCOUNT = "/api/v1/accounts/{id}";
  private static final String SHOPS = "/api/v1/checkout-connections";
  private static final String SHOP = SHOPS + "/{id}";
  private static final String INBOX = "/api/v1/checkout/{connection_id}";
  private static final String MAIL = "/api/v1/mail-template";
  private static final String SHOP_EVENTS = "/api/v1/checkout-events";

  private Routes() {}

  /** The endpoints that the map needs. */
  public record Endpoints(
      LicenseEndpoints licenses,
      LicenseActions actions,
      BatchEndpoint batch,
      ImportEndpoint imports,
      ExportEndpoint exports,
      ActivationEndpoints activations,
      UsageEndpoint usage,
      UsageReportEndpoints reports,
      AnomalyEndpoint anomalies,
      SlaEndpoint sla,
      CustomerEndpoints customers,
      ProductEndpoints products,
      PlanEndpoints plans,
      AuditEndpoint audit,
      EventEndpoints events,
      ApiKeyEndpoints apiKeys,
      WebhookEndpoints webhooks,
      DeliveryEndpoints deliveries,
      CheckoutEndpoints checkout,
      AccountEndpoints accounts,
      DeactivateEndpoint deactivate,
      ConsumeEndpoint consume,
      CounterEndpoints counters,
      ServerEndpoints server) {}

  static List<Route> of(Endpoints to) {
    return Stream.of(
            licenses(to),
            parts(to),
            catalog(to),
            events(to),
            webhooks(to),
            checkout(to),
            accounts(to),
            server(to))
        .flatMap(List::stream)
        .toList();
  }

  private static List<Route> licenses(Endpoints to) {
    return List.of(
        new Route("GET", LICENSES, needs(LICENSES_READ), to.licenses()::list),
        new Route("POST", LICENSES, needs(LICENSES_WRITE), to.licenses()::create),
        new Route("POST", LICENSES + "/batch", needs(LICENSES_WRITE), to.batch()),
        new Route("POST", LICENSES + "/import", needs(LICENSES_WRITE), to.imports()),
        new Route("GET", LICENSES + "/export", needs(LICENSES_REVEAL), to.exports()),
        new Route("GET", LICENSE, needs(LICENSES_READ), to.licenses()::get),
        new Route("PUT", LICENSE, needs(LICENSES_WRITE), to.licenses()::update),
        new Route("PATCH", LICENSE, needs(LICENSES_WRITE), to.licenses()::update),
        new Route("DELETE", LICENSE, needs(LICENSES_REVOKE), to.licenses()::revoke),
        new Route("POST", LICENSE + "/suspend", needs(LICENSES_WRITE), to.actions()::suspend),
        new Route("POST", LICENSE + "/reinstate", needs(LICENSES_WRITE), to.actions()::reinstate),
        new Route("POST", LICENSE + "/renew", needs(LICENSES_WRITE), to.actions()::renew),
        new Route("POST", LICENSE + "/rotate", needs(LICENSES_WRITE), to.actions()::rotate));
  }

  private static List<Route> parts(Endpoints to) {
    return List.of(
        new Route("POST", "/api/v1/deactivate", PUBLIC, to.deactivate()),
        new Route("POST", "/api/v1/consume", PUBLIC, to.consume()),
        new Route("POST", LICENSE + "/consume", needs(LICENSES_WRITE), to.counters()::consume),
        new Route(
            "POST",
            LICENSE + "/counters/{name}/reset",
            needs(LICENSES_WRITE),
            to.counters()::reset),
        new Route("GET", ACTIVATIONS, needs(LICENSES_READ), to.activations()::list),
        new Route("POST", ACTIVATIONS, needs(LICENSES_WRITE), to.activations()::add),
        new Route(
            "DELETE",
            ACTIVATIONS + "/{activation_id}",
            needs(LICENSES_WRITE),
            to.activations()::remove),
        new Route("GET", LICENSE + "/usage", needs(USAGE_READ), to.usage()),
        new Route("GET", "/api/v1/usage", needs(USAGE_READ), to.reports()::report),
        new Route("GET", "/api/v1/usage/summary", needs(USAGE_READ), to.reports()::summary),
        new Route("GET", "/api/v1/usage/anomalies", needs(USAGE_READ), to.anomalies()),
        new Route("GET", "/api/v1/sla", needs(USAGE_READ), to.sla()),
        new Route("DELETE", CUSTOMER, needs(CUSTOMERS), to.customers()::erase),
        new Route("GET", CUSTOMER + "/export", needs(CUSTOMERS), to.customers()::export));
  }

  private static List<Route> catalog(Endpoints to) {
    return List.of(
        new Route("GET", PRODUCTS, needs(PLANS_READ), to.products()::list),
        new Route("POST", PRODUCTS, needs(PLANS_WRITE), to.products()::create),
        new Route("GET", PRODUCT, needs(PLANS_READ), to.products()::get),
        new Route("PUT", PRODUCT, needs(PLANS_WRITE), to.products()::update),
        new Route("PATCH", PRODUCT, needs(PLANS_WRITE), to.products()::update),
        new Route("DELETE", PRODUCT, needs(PLANS_WRITE), to.products()::delete),
        new Route("GET", PLANS, needs(PLANS_READ), to.plans()::list),
        new Route("POST", PLANS, needs(PLANS_WRITE), to.plans()::create),
        new Route("GET", PLAN, needs(PLANS_READ), to.plans()::get),
        new Route("PUT", PLAN, needs(PLANS_WRITE), to.plans()::update),
        new Route("PATCH", PLAN, needs(PLANS_WRITE), to.plans()::update),
        new Route("DELETE", PLAN, needs(PLANS_WRITE), to.plans()::delete));
  }

  private static List<Route> webhooks(Endpoints to) {
    WebhookEndpoints hooks = to.webhooks();
    DeliveryEndpoints deliveries = to.deliveries();
    return List.of(
        new Route("GET", HOOKS, needs(WEBHOOKS), hooks::list),
        new Route("POST", HOOKS, needs(WEBHOOKS), hooks.checked(hooks::create)),
        new Route("GET", HOOKS + "/deliveries", needs(WEBHOOKS), deliveries::list),
        new Route("GET", HOOK, needs(WEBHOOKS), hooks::get),
        new Route("PUT", HOOK, needs(WEBHOOKS), hooks.checked(hooks::update)),
        new Route("PATCH", HOOK, needs(WEBHOOKS), hooks.checked(hooks::update)),
        new Route("DELETE", HOOK, needs(WEBHOOKS), hooks::delete),
        new Route("POST", HOOK + "/test", needs(WEBHOOKS), hooks::test),
        new Route("POST", HOOK + "/rotate-secret", needs(WEBHOOKS), hooks::rotateSecret),
        new Route("POST", HOOK + "/replay", needs(WEBHOOKS), hooks::replay),
        new Route("GET", HOOK + "/deliveries", needs(WEBHOOKS), deliveries::listOfWebhook),
        new Route("GET", DELIVERY, needs(WEBHOOKS), deliveries::get),
        new Route("POST", DELIVERY + "/redeliver", needs(WEBHOOKS), deliveries::redeliver));
  }

  private static List<Route> checkout(Endpoints to) {
    CheckoutConnectionEndpoints shops = to.checkout().connections();
    CheckoutEventEndpoints events = to.checkout().events();
    return List.of(
        new Route("GET", SHOPS, needs(CHECKOUT), shops::list),
        new Route("POST", SHOPS, needs(CHECKOUT), shops::create),
        new Route("GET", SHOP, needs(CHECKOUT), shops::get),
        new Route("PUT", SHOP, needs(CHECKOUT), shops::update),
        new Route("PATCH", SHOP, needs(CHECKOUT), shops::update),
        new Route("DELETE", SHOP, needs(CHECKOUT), shops::delete),
        new Route("GET", SHOP_EVENTS, needs(CHECKOUT), events::list),
        new Route("GET", SHOP_EVENTS + "/{id}", needs(CHECKOUT), events::get),
        new Route("POST", SHOP_EVENTS + "/{id}/retry", needs(CHECKOUT), events::retry),
        new Route("GET", MAIL, needs(CHECKOUT), to.checkout().mailTemplate()::get),
        new Route("PUT", MAIL, needs(CHECKOUT), to.checkout().mailTemplate()::put),
        new Route("DELETE", MAIL, needs(CHECKOUT), to.checkout().mailTemplate()::reset),
        new Route("POST", INBOX, PUBLIC, to.checkout().inbox()),
        new Route("GET", INBOX + "/result", PUBLIC, to.checkout().result()));
  }

  private static List<Route> events(Endpoints to) {
    return List.of(
        new Route("GET", EVENTS, needs(EVENTS_READ), to.events()::list),
        new Route("GET", EVENTS + "/stream", needs(EVENTS_READ), to.events()::stream),
        new Route("GET", EVENTS + "/{id}", needs(EVENTS_READ), to.events()::get));
  }

  private static List<Route> accounts(Endpoints to) {
    return List.of(
        new Route("GET", API_KEYS, needs(Scope.API_KEYS), to.apiKeys()::list),
        new Route("POST", API_KEYS, needs(Scope.API_KEYS), to.apiKeys()::create),
        new Route("GET", API_KEY, needs(Scope.API_KEYS), to.apiKeys()::get),
        new Route("DELETE", API_KEY, needs(Scope.API_KEYS), to.apiKeys()::revoke),
        new Route("POST", API_KEY + "/rotate", needs(Scope.API_KEYS), to.apiKeys()::rotate),
        new Route("GET", "/api/v1/account", needs(ACCOUNT_READ), to.accounts()::own),
        new Route("PATCH", "/api/v1/account", needs(ACCOUNT_WRITE), to.accounts()::updateOwn),
        new Route("GET", ACCOUNTS, OPERATOR, to.accounts()::list),
        new Route("POST", ACCOUNTS, OPERATOR, to.accounts()::create),
        new Route("GET", ACCOUNT, OPERATOR, to.accounts()::get),
        new Route("PATCH", ACCOUNT, OPERATOR, to.accounts()::update),
        new Route("DELETE", ACCOUNT, OPERATOR, to.accounts()::delete),
        new Route("GET", "/api/v1/audit-log", needs(AUDIT_READ), to.audit()));
  }

  private static List<Route> server(Endpoints to) {
    return List.of(
        new Route("GET", "/api/v1/openapi.yaml", PUBLIC, to.server()::specification),
        new Route("GET", "/openapi.yaml", PUBLIC, to.server()::specification),
        new Route("GET", "/docs", PUBLIC, to.server()::docs),
        new Route("GET", "/docs/redoc.standalone.js", PUBLIC, to.server()::docsScript),
        new Route("GET", "/health/live", PUBLIC, to.server()::live),
        new Route("GET", "/health/ready", PUBLIC, to.server()::ready),
        new Route("GET", "/metrics", PUBLIC, to.server()::metrics));
  }
}
