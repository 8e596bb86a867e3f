package dev.licet.cli;

import dev.licet.cli.Program.MigrationReport;
import dev.licet.config.Settings;
import dev.licet.config.StartupException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
    name = "migrate",
    sortOptions = false,
    abbreviateSynopsis = true,
    description = {
      "Brings the database to this version of Licet. \"serve\" does so by itself.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  licet migrate --data-dir /var/lib/licet",
      "  LICET_DATABASE_URL=postgresql://licet:secret@db/licet licet migrate"
    })
final class MigrateCommand implements Callable<Integer> {
  private final Program program;
  private final Terminal terminal;
  private final SettingOptions options;

  MigrateCommand(Program program, Terminal terminal, SettingOptions options) {
    this.program = program;
    this.terminal = terminal;
    this.options = options;
  }

  @Override
  public Integer call() throws StartupException {
    Settings settings = options.load().settings();
    Logging.configure(settings.logLevel());
    terminal.out().println(describe(program.migrate(settings)));
    return ExitCode.OK;
  }

  private static String describe(MigrationReport report) {
    if (report.applied() == 0) {
      return "The database (%s) is up to date at version %s."
          .formatted(report.database(), report.to());
    }
    String from = report.from().isEmpty() ? "nothing" : "version " + report.from();
    return "The database (%s) went from %s to version %s; migrations applied: %d."
        .formatted(report.database(), from, report.to(), report.applied());
  }
}
