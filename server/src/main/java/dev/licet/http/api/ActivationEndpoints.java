package dev.licet.http.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.licet.domain.activation.Seat;
import dev.licet.domain.activation.SeatKind;
import dev.licet.domain.activation.SeatView;
import dev.licet.domain.activation.Seats;
import dev.licet.domain.license.Licenses;
import dev.licet.http.Fields;
import dev.licet.http.Json;
import dev.licet.http.Query;
import dev.licet.http.Request;
import dev.licet.http.Response;
import dev.licet.http.Timestamps;

/** The seats of a licence: {@code /api/v1/licenses/{id}/activations}. */
public final class ActivationEndpoints {
  private final Licenses licenses;
  private final Seats seats;

  public ActivationEndpoints(Licenses licenses, Seats seats) {
    this.licenses = licenses;
    this.seats = seats;
  }

  public Response list(Request request) {
    Query query = request.query();
    int limit = query.limit();
    String startingAfter = query.cursor();
    query.finish();
    var page = licenses.seats(request.caller().tenant(), request.path("id"), limit, startingAfter);
    return Response.json(200, LicenseJson.page(page, ActivationEndpoints::json));
  }

  public Response add(Request request) {
    request.query().finish();
    Fields fields = request.fields();
    fields.required("kind", Fields.Shape.text(1, 10));
    SeatKind kind = fields.value("kind", Shapes.SEAT_KIND).value();
    String value =
        fields.required("value", kind == SeatKind.DEVICE ? Shapes.FINGERPRINT : Shapes.DOMAIN);
    fields.finish();
    if (kind == null) {
      throw new IllegalStateException("a missing kind was not refused");
    }
    Seats.Added added = seats.add(request.caller(), request.path("id"), kind, value);
    return Response.json(added.isNew() ? 201 : 200, json(added.seat()));
  }

  public Response remove(Request request) {
    request.query().finish();
    seats.remove(request.caller(), request.path("id"), request.path("activation_id"));
    return Response.noContent();
  }

  static ObjectNode json(SeatView view) {
    Seat seat = view.seat();
    ObjectNode json = Json.object();
    json.put("id", seat.id());
    json.put("kind", seat.kind().text());
    json.put("value", seat.value());
    json.put("first_seen_at", Timestamps.text(seat.firstSeenAt()));
    json.put("leased_until", Timestamps.text(seat.leasedUntil()));
    json.put("last_seen_at", Timestamps.text(view.usage().lastValidatedAt()));
    json.put("validation_count", view.usage().validations());
    json.put("created_by", seat.byVendor() ? "vendor" : "validation");
    return json;
  }
}
