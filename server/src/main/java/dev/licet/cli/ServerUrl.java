package dev.licet.cli;

import dev.licet.config.StartupException;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a running server is, for the commands that call one. */
final class ServerUrl {
  private static final String VARIABLE = "LICET_URL";
  private static final String USUAL = "http://127.0.0.1:8080";

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "The server (default: $" + VARIABLE + ", or " + USUAL + ").")
  private @Nullable String url;

  /** As it was given. */
  String text(Terminal terminal) {
    String variable = terminal.environment().getOrDefault(VARIABLE, "").strip();
    String unnamed = variable.isEmpty() ? USUAL : variable;
    return url == null ? unnamed : url;
  }

  /** With a slash at its end, so that paths are resolved below it. */
  URI base(Terminal terminal) throws StartupException {
    String text = text(terminal);
    try {
      URI base = URI.create(text.endsWith("/") ? text : text + "/");
      if (base.getHost() != null && base.getScheme().matches("(?i)https?")) {
        return base;
      }
    } catch (IllegalArgumentException e) {
      // told below
    }
    throw new StartupException(
        (url == null ? VARIABLE : "--url") + " " + text + " is no address",
        "Such as http://host:8080");
  }
}
