package dev.licet.cli;

import dev.licet.config.StartupException;
import dev.licet.core.LicenseKey;
import dev.licet.core.LicenseKey.Reading;
import dev.licet.core.LicenseKeyGenerator;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code licet key}: what can be done with keys alone, without a server or a database. */
@Command(
    name = "key",
    description = "Makes and reads license keys, without a server.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {"", "Examples:", "  licet key new", "  licet key check TO-ZAB5-RRB1-46VH-74F4"})
final class KeyCommand {
  private static final int MOST_KEYS = 1_000_000;

  @Command(
      name = "new",
      description = "Makes license keys. No server knows them: they are for tests and imports.",
      footer = {
        "",
        "Examples:",
        "  licet key new",
        "  licet key new --prefix ACME --groups 5 --count 100"
      })
  static final class New implements Callable<Integer> {
    private final Terminal terminal;

    @Option(
        names = "--prefix",
        paramLabel = "P",
        description = "2 to 8 of A-Z and 0-9, the first a letter (default: ${DEFAULT-VALUE}).")
    private String prefix = "TO";

    @Option(
        names = "--groups",
        paramLabel = "N",
        description = "Groups of four symbols, 4 to 7 (default: ${DEFAULT-VALUE}).")
    private int groups = LicenseKey.MIN_GROUPS;

    @Option(
        names = "--count",
        paramLabel = "N",
        description = "How many keys, 1 to 1000000 (default: ${DEFAULT-VALUE}).")
    private int count = 1;

    New(Terminal terminal) {
      this.terminal = terminal;
    }

    @Override
    public Integer call() throws StartupException {
      if (count < 1 || count > MOST_KEYS) {
        throw new StartupException(
            "--count " + count + " is not allowed", "Choose a number from 1 to " + MOST_KEYS);
      }
      LicenseKeyGenerator generator = generator();
      for (int made = 0; made < count; made++) {
        terminal.out().println(generator.next().canonical());
      }
      return ExitCode.OK;
    }

    private LicenseKeyGenerator generator() throws StartupException {
      try {
        return new LicenseKeyGenerator(new SecureRandom(), prefix.toUpperCase(Locale.ROOT), groups);
      } catch (IllegalArgumentException e) {
        throw new StartupException(String.valueOf(e.getMessage()), "See: licet key new --help", e);
      }
    }
  }

  @Command(
      name = "check",
      description = {
        "Says whether a text is a license key.",
        "It is valid (exit 0), malformed, or wrong (exit 1), with the key that was probably meant.",
        "Whether it was ever issued only a server knows."
      },
      footer = {"", "Example:", "  licet key check to-zab5-rrb1-46vh-74f4"})
  static final class Check implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "KEY", description = "The key, as it was typed.")
    private String text = "";

    Check(Terminal terminal) {
      this.terminal = terminal;
    }

    @Override
    public Integer call() {
      Reading reading = LicenseKey.read(text);
      terminal.out().println(describe(reading));
      return reading instanceof Reading.Ok ? ExitCode.OK : ExitCode.FAILED;
    }

    private static String describe(Reading reading) {
      return switch (reading) {
        case Reading.Ok ok -> "Valid: " + ok.key().canonical();
        case Reading.Malformed() ->
            "Malformed: a key is a prefix and 4 to 7 groups of four symbols, like"
                + " TO-ZAB5-RRB1-46VH-74F4.";
        case Reading.ChecksumMismatch(LicenseKey suggestion) ->
            suggestion == null
                ? "Wrong: its check symbols do not fit; more than one symbol is mistyped."
                : "Wrong: its check symbols do not fit. Did you mean "
                    + suggestion.canonical()
                    + "?";
      };
    }
  }
}
