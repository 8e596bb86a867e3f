package dev.licet.http.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.licet.domain.usage.UsageReports;
import dev.licet.http.Json;
import dev.licet.http.Response;
import dev.licet.http.Timestamps;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A report on use in the three forms in which it can be had. */
final class UsageReportJson {
  private UsageReportJson() {}

  static Response response(UsageReports.Report report, ListFormat format) {
    return switch (format) {
      case JSON -> Response.json(200, json(report));
      case NDJSON -> text(format, ndjson(report));
      case CSV -> text(format, csv(report));
    };
  }

  private static Response text(ListFormat format, String text) {
    return Response.of(
        200, format.mediaType() + "; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }

  private static ObjectNode json(UsageReports.Report report) {
    ObjectNode json = Json.object();
    ArrayNode by = json.putArray("group_by");
    report.by().forEach(dimension -> by.add(dimension.text()));
    json.put("timezone", report.zone().getId());
    json.put("from", Timestamps.text(report.from()));
    json.put("to", Timestamps.text(report.to()));
    ArrayNode data = json.putArray("data");
    report.rows().forEach(row -> data.add(json(report, row)));
    return json;
  }

  private static ObjectNode json(UsageReports.Report report, UsageReports.Row row) {
    ObjectNode json = Json.object();
    for (int i = 0; i < report.by().size(); i++) {
      json.put(report.by().get(i).text(), row.values().get(i));
    }
    json.put("other", row.other());
    json.put("total", row.valid() + row.refused());
    json.put("valid", row.valid());
    json.put("refused", row.refused());
    return json;
  }

  private static String ndjson(UsageReports.Report report) {
    StringBuilder lines = new StringBuilder();
    report.rows().forEach(row -> lines.append(json(report, row)).append('\n'));
    return lines.toString();
  }

  private static String csv(UsageReports.Report report) {
    StringBuilder csv = new StringBuilder();
    report.by().forEach(dimension -> csv.append(dimension.text()).append(','));
    csv.append("other,total,valid,refused\r\n");
    for (UsageReports.Row row : report.rows()) {
      List<@Nullable String> cells = new ArrayList<>(row.values());
      cells.add(Boolean.toString(row.other()));
      cells.add(Long.toString(row.valid() + row.refused()));
      cells.add(Long.toString(row.valid()));
      cells.add(Long.toString(row.refused()));
      csv.append(Csv.line(cells.toArray(new @Nullable String[0]))).append("\r\n");
    }
    return csv.toString();
  }
}
