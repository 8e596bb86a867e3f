package dev.licet.cli;

import dev.licet.cli.ApiOptions.Format;
import dev.licet.config.StartupException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "export",
    sortOptions = false,
    abbreviateSynopsis = true,
    description = {
      "Writes all licenses of a running server into a new file, as licet import takes them.",
      "It holds the full keys: only you may read it, and it should stay so.",
      "The API key is that in LICET_API_KEY.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  licet export licenses.csv",
      "  licet export - --format ndjson --url https://licenses.example.com | wc -l"
    })
final class ExportCommand implements Callable<Integer> {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final double MEGABYTE = 1e6;

  private final Terminal terminal;

  @Mixin private ApiOptions api = new ApiOptions();

  @Parameters(paramLabel = "FILE", description = "The file to write; - is the standard output.")
  private String file = "";

  ExportCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws StartupException {
    Format format = api.format(file);
    String query = "?format=" + format.name().toLowerCase(Locale.ROOT);
    HttpRequest request = api.request(terminal, "licenses/export" + query).build();
    try (HttpClient http = HttpClient.newBuilder().connectTimeout(TIMEOUT).build()) {
      HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        if (response.statusCode() != 200) {
          throw new IOException(new String(body.readAllBytes(), StandardCharsets.UTF_8));
        }
        write(body);
      }
      return ExitCode.OK;
    } catch (FileAlreadyExistsException e) {
      throw new StartupException("There is a file " + file, "Choose another name", e);
    } catch (IOException e) {
      throw new StartupException(
          "The export from " + api.url(terminal) + " broke off: " + e.getMessage(),
          "Try again when that is mended",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartupException("The export was interrupted", "Try again", e);
    }
  }

  private void write(InputStream body) throws IOException {
    if (file.equals("-")) {
      body.transferTo(terminal.out());
      return;
    }
    Path target = Path.of(file);
    createPrivate(target);
    try (OutputStream out = Files.newOutputStream(target, StandardOpenOption.WRITE)) {
      long bytes = body.transferTo(out);
      terminal
          .out()
          .printf(
              Locale.ROOT, "The licenses were written to %s (%.1f MB).%n", file, bytes / MEGABYTE);
    } catch (IOException e) {
      Files.delete(target);
      throw e;
    }
  }

  private static void createPrivate(Path target) throws IOException {
    if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      Files.createFile(
          target,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } else {
      Files.createFile(target);
    }
  }
}
