package dev.licet.cli;

import dev.licet.config.StartupException;
import java.net.http.HttpRequest;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How a command reaches a running server, and in which format licences come and go. */
final class ApiOptions {
  private static final String API_KEY = "LICET_API_KEY";

  @Mixin private final ServerUrl server = new ServerUrl();

  @Option(
      names = "--format",
      paramLabel = "F",
      description = "ndjson or csv (default: by the file's name; ndjson).")
  private @Nullable String format;

  /** A format of licences. */
  enum Format {
    NDJSON("application/x-ndjson"),
    CSV("text/csv");

    private final String mediaType;

    Format(String mediaType) {
      this.mediaType = mediaType;
    }

    String mediaType() {
      return mediaType;
    }

    private static Optional<Format> of(String text) {
      return switch (text.toLowerCase(Locale.ROOT)) {
        case "ndjson", "jsonl" -> Optional.of(NDJSON);
        case "csv" -> Optional.of(CSV);
        default -> Optional.empty();
      };
    }
  }

  /** The format that was named, or that a file's name ends in. */
  Format format(String file) throws StartupException {
    if (format == null) {
      return Format.of(file.substring(file.lastIndexOf('.') + 1)).orElse(Format.NDJSON);
    }
    return Format.of(format)
        .orElseThrow(() ->
            new StartupException("--format " + format + " is not known", "Choose ndjson or csv"));
  }

  /** A request to a path of the API, with the API key of the environment. */
  HttpRequest.Builder request(Terminal terminal, String path) throws StartupException {
    String key = terminal.environment().getOrDefault(API_KEY, "");
    if (key.isBlank()) {
      throw new StartupException("There is no API key", "Set " + API_KEY);
    }
    return HttpRequest.newBuilder(server.base(terminal).resolve("api/v1/" + path))
        .header("Authorization", "Bearer " + key.strip());
  }

  /** The server, as it was given. */
  String url(Terminal terminal) {
    return server.text(terminal);
  }
}
