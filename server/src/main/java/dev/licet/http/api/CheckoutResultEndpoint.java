package dev.licet.http.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.licet.domain.FailureException;
import dev.licet.domain.billing.CheckoutResults;
import dev.licet.domain.billing.CheckoutResults.Result;
import dev.licet.domain.license.License;
import dev.licet.domain.validation.AddressLimits;
import dev.licet.http.Endpoint;
import dev.licet.http.Json;
import dev.licet.http.ProblemCode;
import dev.licet.http.ProblemException;
import dev.licet.http.Query;
import dev.licet.http.Request;
import dev.licet.http.Response;
import dev.licet.http.Timestamps;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code GET /api/v1/checkout/{connection_id}/result}: the keys of an order, for the page that the
 * buyer's browser comes to. Who finds nothing is counted, as with unknown keys.
 */
public final class CheckoutResultEndpoint implements Endpoint {
  private static final long NANOS = 1_000_000_000L;

  private final CheckoutResults results;
  private final AddressLimits misses;
  private final InstantSource clock;

  /**
   * @param misses how often an address may find nothing
   */
  public CheckoutResultEndpoint(
      CheckoutResults results, AddressLimits misses, InstantSource clock) {
    this.results = results;
    this.misses = misses;
    this.clock = clock;
  }

  @Override
  public Response handle(Request request) {
    Query query = request.query();
    String session = query.text("session");
    if (session == null) {
      query.wrong("session", "is required");
    }
    query.finish();
    refuse(misses.nanosToWait(request.address()));
    Optional<Result> found =
        results.find(request.path("connection_id"), session == null ? "" : session);
    if (found.isEmpty() || found.get().licenses().isEmpty()) {
      refuse(misses.tryPass(request.address()));
    }
    Result result = found.orElseThrow(() -> FailureException.notFound("order"));
    return allowed(answer(result.licenses()), request, result);
  }

  private Response answer(List<License> licenses) {
    Instant now = clock.instant();
    ObjectNode json = Json.object();
    json.put("status", licenses.isEmpty() ? "pending" : "paid");
    ArrayNode all = json.putArray("licenses");
    for (License license : licenses) {
      all.addObject()
          .put("key", license.key())
          .put("product", license.product().name())
          .put("plan", license.plan().name())
          .put("status", license.statusAt(now).text())
          .put("expires_at", Timestamps.text(license.term().expiresAt()));
    }
    return licenses.isEmpty()
        ? Response.json(202, json).with("Retry-After", "3")
        : Response.json(200, json);
  }

  /** Lets pages of the vendor's read the answer (Fetch, "CORS protocol"). */
  private static Response allowed(Response response, Request request, Result result) {
    String origin = request.header("Origin");
    Response varied = response.with("Vary", "Origin");
    return origin != null && result.allowedOrigins().contains(origin)
        ? varied.with("Access-Control-Allow-Origin", origin)
        : varied;
  }

  private static void refuse(long nanos) {
    if (nanos > 0) {
      String after = Long.toString(Math.max(1, Math.ceilDiv(nanos, NANOS)));
      throw new ProblemException(
          ProblemCode.RATE_LIMITED,
          "Too many calls from this address. Try again in " + after + " s.",
          List.of(),
          Map.of("Retry-After", after));
    }
  }
}
