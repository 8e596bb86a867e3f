package dev.licet.http.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.licet.domain.Page;
import dev.licet.domain.Tenant;
import dev.licet.domain.audit.Audit;
import dev.licet.domain.audit.AuditEntry;
import dev.licet.domain.audit.AuditFilter;
import dev.licet.domain.audit.AuditPlace;
import dev.licet.http.Endpoint;
import dev.licet.http.Json;
import dev.licet.http.Query;
import dev.licet.http.Request;
import dev.licet.http.Response;
import dev.licet.http.Timestamps;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code GET /api/v1/audit-log}: as a list, or as NDJSON or CSV to be kept elsewhere. */
public final class AuditEndpoint implements Endpoint {
  private static final int MAX_LIMIT = 1_000;
  private static final int DEFAULT_LIMIT = 20;
  private static final int QUEUE_BYTES = 64 * 1024;

  private final Audit audit;

  public AuditEndpoint(Audit audit) {
    this.audit = audit;
  }

  @Override
  public Response handle(Request request) {
    Query query = request.query();
    ListFormat asked = query.value("format", ListFormat::named, "must be json, ndjson or csv");
    ListFormat format = asked == null ? ListFormat.accepted(request.header("Accept")) : asked;
    String actor = query.text("actor");
    String action = query.text("action");
    String target = query.text("target");
    Instant from = query.time("from");
    Instant to = query.time("to");
    int limit = query.limit(MAX_LIMIT, format == ListFormat.JSON ? DEFAULT_LIMIT : MAX_LIMIT);
    String startingAfter = query.cursor();
    query.finish();
    AuditFilter filter = new AuditFilter(actor, action, target, from, to);
    Tenant tenant = request.caller().tenant();
    if (format == ListFormat.JSON) {
      var page = audit.list(tenant, filter, limit, startingAfter);
      return Response.json(200, LicenseJson.page(page, AuditEndpoint::json));
    }
    // The head names the next page, so that the rows of this one are found before they are read.
    Page<AuditPlace> page = audit.places(tenant, filter, limit, startingAfter);
    Response response = export(request, format, page.data());
    return page.hasMore()
        ? response.with("Link", link(format, filter, limit, page.data().getLast().id()))
        : response;
  }

  private Response export(Request request, ListFormat format, List<AuditPlace> places) {
    boolean csv = format == ListFormat.CSV;
    String head = csv ? AuditCsv.HEADER : "";
    Function<AuditEntry, String> line =
        csv ? AuditCsv::line : entry -> json(entry).toString() + '\n';
    Tenant tenant = request.caller().tenant();
    return Response.streamed(
        format.mediaType() + "; charset=utf-8",
        new Response.Streamed(
            out -> {
              out.write(head.getBytes(StandardCharsets.UTF_8));
              audit.each(
                  tenant,
                  places,
                  entries -> {
                    request.requireStillAdmitted();
                    for (AuditEntry entry : entries) {
                      out.write(line.apply(entry).getBytes(StandardCharsets.UTF_8));
                    }
                  });
            },
            QUEUE_BYTES));
  }

  /** Leads to the page after a row. */
  private static String link(ListFormat format, AuditFilter filter, int limit, String last) {
    StringBuilder path = new StringBuilder("</api/v1/audit-log?format=");
    path.append(format.name().toLowerCase(Locale.ROOT)).append("&limit=").append(limit);
    parameter(path, "actor", filter.actor());
    parameter(path, "action", filter.action());
    parameter(path, "target", filter.target());
    parameter(path, "from", Timestamps.text(filter.from()));
    parameter(path, "to", Timestamps.text(filter.to()));
    return path.append("&starting_after=").append(last).append(">; rel=\"next\"").toString();
  }

  private static void parameter(StringBuilder path, String name, @Nullable String value) {
    if (value != null) {
      path.append('&').append(name).append('=');
      path.append(URLEncoder.encode(value, StandardCharsets.UTF_8));
    }
  }

  private static ObjectNode json(AuditEntry entry) {
    ObjectNode json = Json.object();
    json.put("id", entry.id());
    json.put("seq", entry.seq());
    json.put("at", Timestamps.text(entry.at()));
    json.put("live", entry.live());
    json.put("actor", entry.actor().text());
    json.put("address", entry.address());
    json.put("request_id", entry.requestId());
    json.put("action", entry.action());
    json.put("target", entry.target());
    json.put("reason", entry.reason());
    putRaw(json, "before", entry.before());
    putRaw(json, "after", entry.after());
    json.put("tag", HexFormat.of().formatHex(entry.tag()));
    return json;
  }

  private static void putRaw(ObjectNode json, String name, @Nullable String value) {
    if (value == null) {
      json.putNull(name);
    } else {
      json.putRawValue(name, new RawValue(value));
    }
  }
}
