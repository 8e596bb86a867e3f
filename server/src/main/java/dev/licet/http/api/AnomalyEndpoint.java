package dev.licet.http.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.licet.domain.account.Scope;
import dev.licet.domain.anomaly.Anomalies;
import dev.licet.domain.anomaly.Finding;
import dev.licet.domain.license.License;
import dev.licet.http.Endpoint;
import dev.licet.http.Json;
import dev.licet.http.Query;
import dev.licet.http.Request;
import dev.licet.http.Response;
import dev.licet.http.Timestamps;

/** {@code GET /api/v1/usage/anomalies}: licences whose use points to sharing. */
public final class AnomalyEndpoint implements Endpoint {
  private static final int DEFAULT_DAYS = 7;

  private final Anomalies anomalies;

  public AnomalyEndpoint(Anomalies anomalies) {
    this.anomalies = anomalies;
  }

  /** Customers are shown to who may see licences. */
  @Override
  public Response handle(Request request) {
    Query query = request.query();
    int days = QueryDays.read(query, Anomalies.MAX_DAYS, DEFAULT_DAYS);
    query.finish();
    boolean named = request.caller().may(Scope.LICENSES_READ);
    return Response.json(200, json(anomalies.last(request.caller().tenant(), days), named));
  }

  private static ObjectNode json(Anomalies.Report report, boolean named) {
    ObjectNode json = Json.object();
    json.put("from", Timestamps.text(report.from()));
    json.put("as_of", Timestamps.text(report.asOf()));
    json.put("active_licenses", report.active());
    ArrayNode data = json.putArray("data");
    for (Anomalies.Suspect suspect : report.suspects()) {
      License license = suspect.license();
      ObjectNode entry = data.addObject();
      entry.put("license", license.id());
      entry.put("plan", license.plan().name());
      entry.put("customer_email", named ? license.customer().email() : null);
      ArrayNode findings = entry.putArray("findings");
      for (Finding finding : suspect.findings()) {
        findings.add(Json.tree(finding.figures()));
      }
    }
    return json;
  }
}
