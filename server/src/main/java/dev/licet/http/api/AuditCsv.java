package dev.licet.http.api;

import dev.licet.domain.audit.AuditEntry;
import dev.licet.http.Timestamps;
import java.util.HexFormat;

/** The audit log as CSV (RFC 4180). */
final class AuditCsv {
  static final String HEADER =
      "id,seq,at,live,actor,address,request_id,action,target,reason,before,after,tag\r\n";

  private AuditCsv() {}

  /** A row with the end of its line. */
  static String line(AuditEntry entry) {
    return Csv.line(
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
            HexFormat.of().formatHex(entry.tag()))
        + "\r\n";
  }
}
