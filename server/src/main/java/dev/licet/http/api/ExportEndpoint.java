package dev.licet.http.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.licet.domain.license.LicenseExport;
import dev.licet.domain.license.LicenseFilter;
import dev.licet.http.Endpoint;
import dev.licet.http.Json;
import dev.licet.http.Query;
import dev.licet.http.Request;
import dev.licet.http.Response;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code GET /api/v1/licenses/export}: all licences, as {@link ImportEndpoint} takes them. */
public final class ExportEndpoint implements Endpoint {
  private static final int QUEUE_BYTES = 64 * 1024;

  private final LicenseExport licenses;
  private final LicenseFilters filters;
  private final InstantSource clock;

  public ExportEndpoint(LicenseExport licenses, LicenseFilters filters, InstantSource clock) {
    this.licenses = licenses;
    this.filters = filters;
    this.clock = clock;
  }

  private enum Format {
    NDJSON,
    CSV;

    static Optional<Format> of(String text) {
      return switch (text) {
        case "ndjson" -> Optional.of(NDJSON);
        case "csv" -> Optional.of(CSV);
        default -> Optional.empty();
      };
    }

    static Format accepted(@Nullable String accept) {
      boolean csv = accept != null && accept.toLowerCase(Locale.ROOT).contains(ImportEndpoint.CSV);
      return csv ? CSV : NDJSON;
    }
  }

  @Override
  public Response handle(Request request) {
    Query query = request.query();
    Format named = query.value("format", Format::of, "must be ndjson or csv");
    Optional<LicenseFilter> filter = filters.read(query::value, clock.instant());
    query.finish();
    Format format = named == null ? Format.accepted(request.header("Accept")) : named;
    String name = "licenses." + format.name().toLowerCase(Locale.ROOT);
    Response response =
        switch (format) {
          case NDJSON -> streamed(ImportEndpoint.NDJSON, out -> writeLines(request, filter, out));
          case CSV ->
              streamed(
                  ImportEndpoint.CSV + "; charset=utf-8", out -> writeTable(request, filter, out));
        };
    return response.with("Content-Disposition", "attachment; filename=\"" + name + "\"");
  }

  private static Response streamed(String contentType, Response.Streamed.Writer writer) {
    return Response.streamed(contentType, new Response.Streamed(writer, QUEUE_BYTES));
  }

  private void writeLines(Request request, Optional<LicenseFilter> filter, OutputStream out)
      throws IOException {
    each(
        request,
        filter,
        license -> {
          out.write(Json.bytes(license));
          out.write('\n');
        });
  }

  private void writeTable(Request request, Optional<LicenseFilter> filter, OutputStream out)
      throws IOException {
    Writer text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    CsvWriter table = CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(text);
    table.writeRecord(LicenseCsv.header());
    each(request, filter, license -> table.writeRecord(LicenseCsv.row(license)));
    table.flush();
  }

  private interface Sink {
    void accept(ObjectNode license) throws IOException;
  }

  private void each(Request request, Optional<LicenseFilter> filter, Sink sink) throws IOException {
    if (filter.isPresent()) {
      Instant now = filter.get().now();
      licenses.each(
          request.caller().tenant(),
          filter.get(),
          page -> {
            request.requireStillAdmitted();
            for (LicenseExport.Item item : page) {
              sink.accept(LicenseTransfer.write(item, now));
            }
          });
    }
  }
}
