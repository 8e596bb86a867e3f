package dev.licet.http.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.licet.domain.StoreUnavailableException;
import dev.licet.domain.license.LicenseImport;
import dev.licet.domain.license.LicenseImport.Outcome;
import dev.licet.http.BodyTooLargeException;
import dev.licet.http.Json;
import dev.licet.http.ProblemCode;
import dev.licet.http.ProblemException;
import dev.licet.http.Problems;
import dev.licet.http.Request;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One import: reads licences, adds some at a time in one transaction, and reports on each by one
 * line of JSON. The last line sums up; a report without it broke off.
 */
final class ImportRun {
  /** Licences in one transaction, at least and at most. */
  private static final int MIN_CHUNK = 10;

  private static final int MAX_CHUNK = 200;

  /** How long a transaction should last: on SQLite, validations wait for it. */
  private static final long CHUNK_NANOS = 15_000_000;

  /** What the licences of one transaction may have in bytes. */
  private static final int CHUNK_BYTES = 1024 * 1024;

  private static final long MAX_LINES = 1_000_000;

  private final LicenseImport licenses;
  private final Request request;
  private final LicenseLines lines;
  private final List<Read> chunk = new ArrayList<>();
  private int chunkSize = MIN_CHUNK;
  private int chunkBytes;
  private long created;
  private long existing;
  private long failed;

  /** A line, and what is to be added or why that cannot be. */
  private record Read(
      long line, LicenseImport.@Nullable Item item, @Nullable RuntimeException failure) {}

  ImportRun(LicenseImport licenses, Request request, LicenseLines lines) {
    this.licenses = licenses;
    this.request = request;
    this.lines = lines;
  }

  void reportTo(OutputStream out) throws IOException {
    RuntimeException brokenBy = null;
    try {
      brokenBy = readAll(out);
      addChunk(out);
    } catch (ProblemException | StoreUnavailableException e) {
      brokenBy = e;
    }
    ObjectNode summary = Json.object();
    summary.put("done", brokenBy == null);
    summary.put("created", created);
    summary.put("exists", existing);
    summary.put("failed", failed);
    if (brokenBy != null) {
      summary.setAll(Problems.summary(brokenBy));
    }
    write(out, summary);
  }

  /** Reads to the end; what keeps from that, if anything does. */
  private @Nullable RuntimeException readAll(OutputStream out) throws IOException {
    try {
      long count = 0;
      for (var line = lines.next(); line != null; line = lines.next()) {
        if (++count > MAX_LINES) {
          return tooLarge("There are more than " + MAX_LINES + " lines.");
        }
        chunk.add(read(line));
        chunkBytes += line.length();
        if (chunk.size() >= chunkSize || chunkBytes >= CHUNK_BYTES) {
          addChunk(out);
        }
      }
      return null;
    } catch (BodyTooLargeException e) {
      return tooLarge(String.valueOf(e.getMessage()));
    } catch (LicenseLines.BrokenLinesException e) {
      return new ProblemException(ProblemCode.INVALID_REQUEST, String.valueOf(e.getMessage()));
    }
  }

  private static Read read(LicenseLines.Line line) {
    if (line.fields() == null) {
      return new Read(line.number(), null, line.failure());
    }
    try {
      return new Read(line.number(), LicenseTransfer.read(line.fields()), null);
    } catch (RuntimeException e) {
      return new Read(line.number(), null, e);
    }
  }

  /**
   * Adds what was read, and reports on it.
   *
   * @throws ProblemException when the caller may not import any more; nothing was added then
   */
  private void addChunk(OutputStream out) throws IOException {
    if (chunk.isEmpty()) {
      return;
    }
    request.requireStillAdmitted();
    List<LicenseImport.Item> items = new ArrayList<>();
    for (Read read : chunk) {
      if (read.item() != null) {
        items.add(read.item());
      }
    }
    Iterator<Outcome> outcomes = add(items).iterator();
    for (Read read : chunk) {
      ObjectNode report = Json.object().put("line", read.line());
      if (read.failure() != null) {
        fail(report, read.failure());
      } else {
        describe(report, outcomes.next());
      }
      write(out, report);
    }
    out.flush();
    chunk.clear();
    chunkBytes = 0;
  }

  /** Adds licences, and makes the next transaction longer or shorter by what this one took. */
  private List<Outcome> add(List<LicenseImport.Item> items) {
    if (items.isEmpty()) {
      return List.of();
    }
    long start = System.nanoTime();
    List<Outcome> outcomes = licenses.add(request.caller(), items);
    long took = System.nanoTime() - start;
    chunkSize =
        took > CHUNK_NANOS
            ? Math.max(MIN_CHUNK, chunkSize * 3 / 4)
            : Math.min(MAX_CHUNK, chunkSize + chunkSize / 4);
    return outcomes;
  }

  private void describe(ObjectNode report, Outcome outcome) {
    switch (outcome) {
      case Outcome.Created(String id) -> {
        created++;
        report.put("status", "created").put("id", id);
      }
      case Outcome.Exists(String id) -> {
        existing++;
        report.put("status", "exists").put("id", id);
      }
      case Outcome.Failed(var cause) -> fail(report, cause);
    }
  }

  private void fail(ObjectNode report, RuntimeException cause) {
    failed++;
    report.put("status", "failed").setAll(Problems.summary(cause));
  }

  private static ProblemException tooLarge(String detail) {
    return new ProblemException(ProblemCode.PAYLOAD_TOO_LARGE, detail);
  }

  private static void write(OutputStream out, ObjectNode line) throws IOException {
    out.write(Json.bytes(line));
    out.write('\n');
  }
}
