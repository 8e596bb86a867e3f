package dev.licet.http.api;

import dev.licet.domain.FailureException;
import dev.licet.domain.audit.Origin;
import dev.licet.domain.license.LicenseImport;
import dev.licet.http.BodyTooLargeException;
import dev.licet.http.ProblemCode;
import dev.licet.http.ProblemException;
import dev.licet.http.Problems;
import dev.licet.http.Request;
import dev.licet.http.Response;
import dev.licet.http.StreamingEndpoint;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code POST /api/v1/licenses/import}: brings licences in and reports on each as it goes. */
public final class ImportEndpoint implements StreamingEndpoint {
  static final String NDJSON = "application/x-ndjson";
  static final String CSV = "text/csv";

  private static final long RETRY_NANOS = 10_000_000_000L;

  /**
   * Of a report that nobody reads yet: enough for 200,000 licences. Many clients send all before
   * they read anything; waiting for them would stop both sides.
   */
  private static final int REPORT_BYTES = 16 * 1024 * 1024;

  private final LicenseImport licenses;
  private final ImportPlaces places = new ImportPlaces();

  public ImportEndpoint(LicenseImport licenses) {
    this.licenses = licenses;
  }

  @Override
  public Response handle(Request request) {
    request.query().finish();
    long accountNo = request.caller().tenant().accountNo();
    String full = places.take(accountNo);
    if (full != null) {
      return Problems.rateLimited(RETRY_NANOS, full);
    }
    boolean started = false;
    try {
      LicenseLines lines = lines(request);
      ImportRun run = new ImportRun(licenses, request, lines);
      Origin origin = Origin.current();
      Response response =
          Response.streamed(
              NDJSON,
              new Response.Streamed(
                  out -> {
                    try {
                      origin.during(() -> {
                        run.reportTo(out);
                        return null;
                      });
                    } finally {
                      places.leave(accountNo);
                    }
                  },
                  REPORT_BYTES));
      started = true;
      return response;
    } finally {
      if (!started) {
        places.leave(accountNo);
      }
    }
  }

  private static LicenseLines lines(Request request) {
    return switch (mediaType(request.header("Content-Type"))) {
      case NDJSON -> new NdjsonLines(request.stream());
      case CSV -> csv(request);
      default ->
          throw new ProblemException(
              ProblemCode.UNSUPPORTED_MEDIA_TYPE,
              "Send \"Content-Type: " + NDJSON + "\" or \"" + CSV + "\".");
    };
  }

  private static LicenseLines csv(Request request) {
    try {
      return new CsvLines(request.stream());
    } catch (BodyTooLargeException e) {
      throw new ProblemException(ProblemCode.PAYLOAD_TOO_LARGE, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw FailureException.invalid(
          "", "The first line, which names the columns, is not readable.");
    }
  }

  private static String mediaType(@Nullable String contentType) {
    return contentType == null ? "" : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }
}
