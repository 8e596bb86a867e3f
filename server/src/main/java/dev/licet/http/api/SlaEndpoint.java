package dev.licet.http.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.licet.domain.sla.Latencies.Percentiles;
import dev.licet.domain.sla.SlaReport;
import dev.licet.domain.sla.SlaReports;
import dev.licet.http.Endpoint;
import dev.licet.http.Json;
import dev.licet.http.Query;
import dev.licet.http.Request;
import dev.licet.http.Response;
import dev.licet.http.Timestamps;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** {@code GET /api/v1/sla}: how well the installation served. */
public final class SlaEndpoint implements Endpoint {
  private static final int DEFAULT_DAYS = 30;
  private static final double MILLION = 1e6;
  private static final double NANOS_PER_MICRO = 1_000;
  private static final double MICROS_PER_MILLI = 1_000;

  private final SlaReports reports;

  public SlaEndpoint(SlaReports reports) {
    this.reports = reports;
  }

  @Override
  public Response handle(Request request) {
    Query query = request.query();
    int days = QueryDays.read(query, SlaReports.MAX_DAYS, DEFAULT_DAYS);
    query.finish();
    return Response.json(200, json(reports.last(days)));
  }

  private static ObjectNode json(SlaReport report) {
    ObjectNode json = Json.object();
    json.put("from", Timestamps.text(report.from()));
    json.put("to", Timestamps.text(report.to()));
    json.set("total", put(Json.object(), report.total()));
    ArrayNode days = json.putArray("days");
    for (SlaReport.Day day : report.days()) {
      days.add(put(Json.object().put("date", day.date().toString()), day.level()));
    }
    return json;
  }

  private static ObjectNode put(ObjectNode json, SlaReport.Level level) {
    json.put("availability", rounded(level.availability()));
    json.putObject("checks")
        .put("expected", level.expected())
        .put("passed", level.passed())
        .put("failed", level.failed());
    json.put("error_rate", rounded(level.errorRate()));
    json.set("latency_ms", percentiles(level.latency()));
    return json;
  }

  /** Percentiles in milliseconds; all {@code null} when nothing was measured. */
  static ObjectNode percentiles(@Nullable Percentiles latency) {
    ObjectNode json = Json.object();
    json.put("p50", latency == null ? null : millis(latency.p50()));
    json.put("p95", latency == null ? null : millis(latency.p95()));
    json.put("p99", latency == null ? null : millis(latency.p99()));
    return json;
  }

  private static Double millis(Duration time) {
    return Math.round(time.toNanos() / NANOS_PER_MICRO) / MICROS_PER_MILLI;
  }

  /** To six digits; what is short of everything is never shown as everything. */
  private static @Nullable Double rounded(@Nullable Double ratio) {
    return ratio == null ? null : Math.floor(ratio * MILLION) / MILLION;
  }
}
