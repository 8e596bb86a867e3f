package dev.licet.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.licet.cli.ApiOptions.Format;
import dev.licet.config.StartupException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "import",
    sortOptions = false,
    abbreviateSynopsis = true,
    description = {
      "Brings licenses into a running server: one JSON object a line, or CSV with a header.",
      "Keys that the server has already are left as they are, so a file may be sent again.",
      "The API key is that in LICET_API_KEY. Exit code 1 when a line was not imported.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  licet import customers.csv",
      "  licet import old.ndjson --url https://licenses.example.com --report report.ndjson"
    })
final class ImportCommand implements Callable<Integer> {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration PART_TIMEOUT = Duration.ofMinutes(5);
  private static final int BUFFER = 64 * 1024;

  private final Terminal terminal;
  private final ObjectMapper json = new ObjectMapper();
  private long created;
  private long existing;
  private long failed;

  @Mixin private ApiOptions api = new ApiOptions();

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Writes what came of each line into a file, as JSON a line.")
  private @Nullable Path report;

  @Parameters(paramLabel = "FILE", description = "The file to import; - is the standard input.")
  private String file = "";

  ImportCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws StartupException {
    long start = System.nanoTime();
    Format format = api.format(file);
    HttpRequest.Builder request =
        api.request(terminal, "licenses/import").header("Content-Type", format.mediaType());
    try (InputStream in = new BufferedInputStream(open(), BUFFER);
        PrintStream reportTo = reportTo();
        HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build()) {
      send(new ImportParts(in, format), http, request.timeout(PART_TIMEOUT), reportTo);
    } catch (NoSuchFileException e) {
      throw new StartupException("There is no file " + e.getFile(), "Name one that there is", e);
    } catch (UncheckedIOException e) {
      throw broken(String.valueOf(e.getCause()), e);
    } catch (IOException e) {
      throw broken(e.getMessage() == null ? e.toString() : e.getMessage(), e);
    }
    terminal
        .out()
        .printf(Locale.ROOT, "%s in %.1f s.%n", counts(), (System.nanoTime() - start) / 1e9);
    return failed == 0 ? ExitCode.OK : ExitCode.FAILED;
  }

  private void send(
      ImportParts parts,
      HttpClient http,
      HttpRequest.Builder request,
      @Nullable PrintStream reportTo)
      throws IOException, StartupException {
    ProgressBar progress = new ProgressBar(terminal.err(), Terminal.isInteractive());
    long total = file.equals("-") ? 0 : Files.size(Path.of(file));
    try {
      for (var part = parts.next(); part != null; part = parts.next()) {
        var body = BodyPublishers.ofByteArray(part.content());
        HttpResponse<Stream<String>> response =
            http.send(request.copy().POST(body).build(), BodyHandlers.ofLines());
        try (Stream<String> lines = response.body()) {
          if (response.statusCode() != 200) {
            throw refused(lines.reduce("", String::concat), part.linesBefore());
          }
          take(lines, part, progress, reportTo);
        }
        progress.show(part.bytesRead(), total, counts());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      progress.clear();
    }
  }

  private void take(
      Stream<String> lines,
      ImportParts.Part part,
      ProgressBar progress,
      @Nullable PrintStream reportTo)
      throws IOException, StartupException {
    boolean done = false;
    for (String text : (Iterable<String>) lines::iterator) {
      ObjectNode line = (ObjectNode) json.readTree(text);
      if (line.has("done")) {
        done = line.path("done").asBoolean();
        if (!done) {
          progress.clear();
          throw broken(line.path("detail").asText(), null);
        }
      } else {
        count(line.put("line", line.path("line").asLong() + part.linesBefore()), progress);
        if (reportTo != null) {
          reportTo.println(line);
        }
      }
    }
    if (!done) {
      throw new IOException("the server's report broke off");
    }
  }

  private void count(ObjectNode line, ProgressBar progress) {
    switch (line.path("status").asText()) {
      case "created" -> created++;
      case "exists" -> existing++;
      default -> {
        failed++;
        progress.clear();
        terminal
            .out()
            .println("line " + line.path("line").asText() + ": " + line.path("detail").asText());
      }
    }
  }

  private String counts() {
    return String.format(
        Locale.ROOT, "%,d created, %,d there already, %,d failed", created, existing, failed);
  }

  private StartupException refused(String problem, long linesBefore) throws StartupException {
    String detail = problem;
    try {
      JsonNode body = json.readTree(problem);
      detail = body.path("detail").asText(problem);
    } catch (JsonProcessingException e) {
      // what answered is no Licet; its own words are the best there are
    }
    return broken(detail.isBlank() ? "the server refused after line " + linesBefore : detail, null);
  }

  private StartupException broken(String why, @Nullable Throwable cause) {
    String problem =
        "The import into " + api.url(terminal) + " broke off (" + counts() + "): " + why;
    String remedy = "What was imported stays; send the file again when that is mended";
    return cause == null
        ? new StartupException(problem, remedy)
        : new StartupException(problem, remedy, cause);
  }

  private InputStream open() throws IOException {
    return file.equals("-") ? System.in : Files.newInputStream(Path.of(file));
  }

  private @Nullable PrintStream reportTo() throws IOException {
    return report == null
        ? null
        : new PrintStream(Files.newOutputStream(report), false, StandardCharsets.UTF_8);
  }
}
