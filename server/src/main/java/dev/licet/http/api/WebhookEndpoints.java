package dev.licet.http.api;

import dev.licet.domain.IsoDuration;
import dev.licet.domain.delivery.Deliveries;
import dev.licet.domain.webhook.Replay;
import dev.licet.domain.webhook.Webhook;
import dev.licet.domain.webhook.WebhookTransport;
import dev.licet.domain.webhook.WebhookUrls;
import dev.licet.domain.webhook.Webhooks;
import dev.licet.http.Endpoint;
import dev.licet.http.Fields;
import dev.licet.http.PreparedEndpoint;
import dev.licet.http.Query;
import dev.licet.http.Request;
import dev.licet.http.Response;
import dev.licet.http.Timestamps;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/webhooks}, {@code /api/v1/webhooks/{id}} and the actions on a webhook. */
public final class WebhookEndpoints {
  private static final Fields.Shape<Instant> TIME =
      new Fields.Shape<>(Timestamps::read, Timestamps.EXPECTED);

  /** How long both secrets sign when nobody says how long. */
  private static final IsoDuration USUAL_OVERLAP = IsoDuration.read("PT24H").orElseThrow();

  private final Webhooks webhooks;
  private final Deliveries deliveries;
  private final WebhookRequests requests;

  public WebhookEndpoints(
      Webhooks webhooks, Deliveries deliveries, WebhookUrls urls, WebhookTransport transport) {
    this.webhooks = webhooks;
    this.deliveries = deliveries;
    this.requests = new WebhookRequests(urls, transport);
  }

  /** An endpoint of this class that takes a URL, with the URL checked. */
  public PreparedEndpoint checked(Endpoint endpoint) {
    return requests.checked(endpoint);
  }

  public Response list(Request request) {
    Query query = request.query();
    int limit = query.limit();
    String startingAfter = query.cursor();
    query.finish();
    var page = webhooks.list(request.caller().tenant(), limit, startingAfter);
    return Response.json(200, LicenseJson.page(page, WebhookJson::of));
  }

  public Response get(Request request) {
    request.query().finish();
    Webhook webhook = webhooks.get(request.caller().tenant(), request.path("id"));
    return Response.json(200, WebhookJson.of(webhook));
  }

  public Response create(Request request) {
    request.query().finish();
    Fields body = request.fields();
    Webhooks.Fields fields = requests.read(body);
    for (String name : new String[] {"url", "events"}) {
      if (!body.has(name)) {
        body.wrong(name, "is required");
      }
    }
    body.finish();
    Webhooks.WithSecret created = webhooks.create(request.caller(), fields);
    return Response.json(201, WebhookJson.of(created))
        .with("Location", "/api/v1/webhooks/" + created.webhook().id());
  }

  public Response update(Request request) {
    request.query().finish();
    Fields body = request.fields();
    Webhooks.Fields fields = requests.read(body);
    body.finish();
    Webhook webhook = webhooks.update(request.caller(), request.path("id"), fields);
    return Response.json(200, WebhookJson.of(webhook));
  }

  public Response delete(Request request) {
    request.query().finish();
    webhooks.delete(request.caller(), request.path("id"));
    return Response.noContent();
  }

  public Response rotateSecret(Request request) {
    request.query().finish();
    Fields fields = request.optionalFields();
    Overlap overlap = fields.value("overlap", Overlap.SHAPE).value();
    fields.finish();
    @Nullable IsoDuration duration = overlap == null ? USUAL_OVERLAP : overlap.duration();
    return Response.json(
        200, WebhookJson.of(webhooks.rotateSecret(request.caller(), request.path("id"), duration)));
  }

  public Response test(Request request) {
    request.query().finish();
    request.optionalFields().finish();
    String delivery = webhooks.test(request.caller(), request.path("id"));
    return Response.json(202, WebhookJson.of(deliveries.get(request.caller().tenant(), delivery)));
  }

  public Response replay(Request request) {
    request.query().finish();
    Fields fields = request.fields();
    Instant since = fields.value("since", TIME).value();
    Replay.Of of = fields.value("deliveries", WebhookRequests.REPLAY_OF).value();
    if (!fields.has("since")) {
      fields.wrong("since", "is required");
    }
    fields.finish();
    Webhook webhook =
        deliveries.replay(
            request.caller(),
            request.path("id"),
            of == null ? Replay.Of.FAILED : of,
            since == null ? Instant.EPOCH : since);
    return Response.json(202, WebhookJson.of(webhook));
  }
}
