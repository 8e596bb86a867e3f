package dev.licet.http.api;

import dev.licet.domain.audit.AuditEntry;
import dev.licet.http.Timestamps;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The audit log as CSV (RFC 4180). */
final class AuditCsv {
  private static final String HEADER =
      "id,seq,at,live,actor,address,request_id,action,target,reason,before,after,tag\r\n";

  private AuditCsv() {}

  static String of(List<AuditEntry> entries) {
    StringBuilder csv = new StringBuilder(HEADER);
    for (AuditEntry entry : entries) {
      csv.append(
              line(
                  entry.id(),
                  Long.toString(entry.seq()),
                  Timestamps.text(entry.at()),
                  entry.live() == null ? null : entry.live().toString(),
                  entry.actor().text(),
                  entry.address(),
                  entry.requestId(),
                  entry.action(),
                  entry.target(),
                  entry.reason(),
                  entry.before(),
                  entry.after(),
                  HexFormat.of().formatHex(entry.tag())))
          .append("\r\n");
    }
    return csv.toString();
  }

  private static String line(@Nullable String... values) {
    return Arrays.stream(values).map(AuditCsv::cell).collect(Collectors.joining(","));
  }

  /**
   * A value in quotes where it needs them. One that a spreadsheet would take for a formula gets an
   * apostrophe before it.
   */
  private static String cell(@Nullable String value) {
    if (value == null || value.isEmpty()) {
      return "";
    }
    String text = "=+-@\t\r".indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
    boolean plain = text.chars().noneMatch(unit -> ",\"\r\n".indexOf(unit) >= 0);
    return plain ? text : "\"" + text.replace("\"", "\"\"") + "\"";
  }
}
