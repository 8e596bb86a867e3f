package dev.licet.http.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.licet.domain.Tenant;
import dev.licet.domain.account.Accounts;
import dev.licet.domain.sla.SlaReports;
import dev.licet.domain.usage.Outcome;
import dev.licet.domain.usage.UsageDimension;
import dev.licet.domain.usage.UsageOverviews;
import dev.licet.domain.usage.UsageOverviews.Overview;
import dev.licet.domain.usage.UsageOverviews.Sums;
import dev.licet.domain.usage.UsageReports;
import dev.licet.http.Json;
import dev.licet.http.Query;
import dev.licet.http.Request;
import dev.licet.http.Response;
import dev.licet.http.Timestamps;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** {@code GET /api/v1/usage} and {@code GET /api/v1/usage/summary}. */
public final class UsageReportEndpoints {
  private final UsageReports reports;
  private final UsageOverviews overviews;
  private final SlaReports sla;
  private final Accounts accounts;
  private final InstantSource clock;

  public UsageReportEndpoints(
      UsageReports reports,
      UsageOverviews overviews,
      SlaReports sla,
      Accounts accounts,
      InstantSource clock) {
    this.reports = reports;
    this.overviews = overviews;
    this.sla = sla;
    this.accounts = accounts;
    this.clock = clock;
  }

  /** Use of all licences, by one or two dimensions; by day when none is named. */
  public Response report(Request request) {
    Query query = request.query();
    List<UsageDimension> by = UsageQuestions.dimensions(query);
    ListFormat format = UsageQuestions.format(query, request);
    UsageReports.Question question =
        UsageQuestions.read(query, by == null ? List.of(UsageDimension.DAY) : by);
    query.finish();
    return UsageReportJson.response(reports.ofTenant(request.caller().tenant(), question), format);
  }

  /** Use at a glance. */
  public Response summary(Request request) {
    request.query().finish();
    Tenant tenant = request.caller().tenant();
    Overview overview = overviews.of(tenant);
    ObjectNode json = Json.object();
    put(json, "today", overview.today());
    put(json, "month", overview.month());
    ObjectNode refused = json.putObject("refused");
    for (Outcome outcome : Outcome.values()) {
      Long count = overview.refused().get(outcome);
      if (outcome.code() != null && count != null) {
        refused.put(outcome.code().name(), count);
      }
    }
    ObjectNode active = json.putObject("active");
    active.put("days", UsageOverviews.ACTIVE_DAYS);
    active.put("licenses", overview.active().licenses());
    active.put("domains", overview.active().domains());
    active.put("devices", overview.active().devices());
    active.put("as_of", Timestamps.text(overview.activeAsOf()));
    Instant now = clock.instant();
    json.set(
        "latency_ms",
        SlaEndpoint.percentiles(
            sla.latencies(now.truncatedTo(ChronoUnit.DAYS), now).percentiles()));
    AccountEndpoints.putUsage(json.putObject("quota"), accounts.get(tenant));
    return Response.json(200, json);
  }

  private static void put(ObjectNode json, String name, Sums sums) {
    json.putObject(name)
        .put("total", sums.total())
        .put("valid", sums.valid())
        .put("refused", sums.refused());
  }
}
