package dev.licet.http.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.licet.domain.FailureException;
import dev.licet.domain.privacy.Erasure;
import dev.licet.domain.privacy.Erasures;
import dev.licet.http.Json;
import dev.licet.http.Query;
import dev.licet.http.Request;
import dev.licet.http.Response;
import dev.licet.http.Timestamps;

/** What is known of a person, and the end of it: {@code /api/v1/customers/{email}}. */
public final class CustomerEndpoints {
  private static final int QUEUE_BYTES = 64 * 1024;

  private final Erasures erasures;
  private final CustomerExport export;

  public CustomerEndpoints(Erasures erasures, CustomerExport export) {
    this.erasures = erasures;
    this.export = export;
  }

  public Response erase(Request request) {
    Query query = request.query();
    Erasure.Mode mode = query.value("mode", Erasure.Mode::of, "must be erase or pseudonymize");
    query.finish();
    Erasure erasure =
        erasures.begin(request.caller(), email(request), mode == null ? Erasure.Mode.ERASE : mode);
    return Response.json(202, json(erasure));
  }

  public Response export(Request request) {
    request.query().finish();
    String email = email(request);
    erasures.requireKnown(request.caller(), email);
    return Response.streamed(
            "application/json",
            new Response.Streamed(out -> export.write(request, email, out), QUEUE_BYTES))
        .with("Content-Disposition", "attachment; filename=\"customer.json\"");
  }

  /** Nobody has an address that is none. */
  private static String email(Request request) {
    return Shapes.EMAIL
        .reader()
        .apply(request.path("email"))
        .orElseThrow(() -> FailureException.notFound("customer"));
  }

  private static ObjectNode json(Erasure erasure) {
    ObjectNode json = Json.object();
    json.put("id", erasure.id());
    json.put("mode", erasure.mode().text());
    json.put("pseudonym", erasure.pseudonym());
    json.put("requested_at", Timestamps.text(erasure.requestedAt()));
    return json;
  }
}
