package dev.licet.http.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.licet.core.ValidationCode;
import dev.licet.domain.license.Licenses;
import dev.licet.domain.usage.JournalStore;
import dev.licet.domain.usage.Outcome;
import dev.licet.domain.usage.UsageDimension;
import dev.licet.domain.usage.UsageEvent;
import dev.licet.domain.usage.UsageOrigin;
import dev.licet.domain.usage.UsageQuery;
import dev.licet.domain.usage.UsageRecord;
import dev.licet.domain.usage.UsageReports;
import dev.licet.domain.usage.UsageSummary;
import dev.licet.http.Endpoint;
import dev.licet.http.Json;
import dev.licet.http.Query;
import dev.licet.http.Request;
import dev.licet.http.Response;
import dev.licet.http.Timestamps;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * {@code GET /api/v1/licenses/{id}/usage}: the history, or what it adds up to by the dimensions of
 * {@code group_by}.
 */
public final class UsageEndpoint implements Endpoint {
  private final Licenses licenses;
  private final UsageReports reports;

  public UsageEndpoint(Licenses licenses, UsageReports reports) {
    this.licenses = licenses;
    this.reports = reports;
  }

  @Override
  public Response handle(Request request) {
    Query query = request.query();
    List<UsageDimension> by = UsageQuestions.dimensions(query);
    return by == null ? history(request, query) : report(request, query, by);
  }

  private Response report(Request request, Query query, List<UsageDimension> by) {
    ListFormat format = UsageQuestions.format(query, request);
    UsageReports.Question question = UsageQuestions.read(query, by);
    query.finish();
    return UsageReportJson.response(
        reports.ofLicense(request.caller().tenant(), request.path("id"), question), format);
  }

  private Response history(Request request, Query query) {
    Instant from = query.time("from");
    Instant to = query.time("to");
    Boolean valid = query.value("outcome", UsageEndpoint::outcome, "must be valid or refused");
    int limit = query.limit();
    UsageQuery.Position after =
        query.value("starting_after", UsageEndpoint::position, "must be the id of a record");
    query.finish();
    Licenses.Usage usage =
        licenses.usage(
            request.caller().tenant(),
            request.path("id"),
            new UsageQuery(from, to, valid, limit, after));
    ObjectNode json = LicenseJson.page(usage.page(), UsageEndpoint::json);
    json.set("summary", json(usage.summary()));
    return Response.json(200, json);
  }

  private static Optional<Boolean> outcome(String text) {
    return switch (text) {
      case "valid" -> Optional.of(true);
      case "refused" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  /** The id of a record: its time and its number, so that a page goes on without looking it up. */
  private static String id(UsageRecord entry) {
    return Long.toString(entry.event().atMillis(), 36) + "-" + Long.toString(entry.eventId(), 36);
  }

  private static Optional<UsageQuery.Position> position(String text) {
    if (!text.matches("[0-9a-z]{1,12}-[0-9a-z]{1,12}")) {
      return Optional.empty();
    }
    int dash = text.indexOf('-');
    long at = Long.parseLong(text.substring(0, dash), 36);
    long eventId = Long.parseLong(text.substring(dash + 1), 36);
    return Optional.of(new UsageQuery.Position(Instant.ofEpochMilli(at), eventId));
  }

  static ObjectNode json(UsageRecord entry) {
    UsageEvent event = entry.event();
    ValidationCode code = event.outcome().code();
    ObjectNode json = Json.object();
    json.put("id", id(entry));
    json.put("at", Timestamps.text(event.atMillis()));
    json.put("outcome", code == null ? "valid" : "refused");
    json.put("reason", code == null ? null : code.name());
    json.put("domain", event.domain());
    json.put("fingerprint", event.fingerprint());
    UsageOrigin origin = event.origin();
    json.put("ip", origin.ip());
    json.put("country", origin.country());
    json.put("asn", origin.asn() == 0 ? null : (Long) origin.asn());
    json.put("client", origin.client());
    json.put("node", JournalStore.nodeNo(entry.eventId()));
    return json;
  }

  static ObjectNode json(UsageSummary summary) {
    ObjectNode json = Json.object();
    json.put("total", summary.total());
    json.put("last_24h", summary.last24Hours());
    json.put("last_30d", summary.last30Days());
    ObjectNode byOutcome = json.putObject("by_outcome");
    byOutcome.put("valid", summary.byOutcome().getOrDefault(Outcome.VALID, 0L));
    for (Outcome outcome : Outcome.values()) {
      Long count = summary.byOutcome().get(outcome);
      if (outcome.code() != null && count != null) {
        byOutcome.put(outcome.code().name(), count);
      }
    }
    return json;
  }
}
