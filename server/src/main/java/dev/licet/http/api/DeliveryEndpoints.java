package dev.licet.http.api;

import dev.licet.domain.delivery.Deliveries;
import dev.licet.domain.delivery.DeliveryFilter;
import dev.licet.domain.delivery.DeliveryStatus;
import dev.licet.domain.event.EventType;
import dev.licet.http.Fields.Shape;
import dev.licet.http.Query;
import dev.licet.http.Request;
import dev.licet.http.Response;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code .../deliveries} of all webhooks and of one, and {@code /api/v1/deliveries/{id}}. */
public final class DeliveryEndpoints {
  private static final Shape<DeliveryStatus> STATUS =
      new Shape<>(DeliveryStatus::of, "must be pending, retrying, succeeded or failed");
  private static final Shape<EventType> TYPE =
      new Shape<>(DeliveryEndpoints::type, "must be a type of event, such as license.created");

  private final Deliveries deliveries;

  public DeliveryEndpoints(Deliveries deliveries) {
    this.deliveries = deliveries;
  }

  public Response list(Request request) {
    return list(request, null);
  }

  public Response listOfWebhook(Request request) {
    return list(request, request.path("id"));
  }

  public Response get(Request request) {
    request.query().finish();
    return Response.json(
        200, WebhookJson.of(deliveries.get(request.caller().tenant(), request.path("id"))));
  }

  public Response redeliver(Request request) {
    request.query().finish();
    request.optionalFields().finish();
    return Response.json(
        202, WebhookJson.of(deliveries.redeliver(request.caller(), request.path("id"))));
  }

  private Response list(Request request, @Nullable String webhookId) {
    Query query = request.query();
    DeliveryStatus status = query.value("status", STATUS);
    EventType type = query.value("type", TYPE);
    int limit = query.limit();
    String startingAfter = query.cursor();
    query.finish();
    var page =
        deliveries.list(
            request.caller().tenant(),
            new DeliveryFilter(webhookId, status, type),
            limit,
            startingAfter);
    return Response.json(200, LicenseJson.page(page, WebhookJson::of));
  }

  private static Optional<EventType> type(String text) {
    for (EventType type : EventType.values()) {
      if (type.text().equals(text)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }
}
