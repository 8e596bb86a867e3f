package dev.licet.cli;

import dev.licet.cli.Program.BackupReport;
import dev.licet.config.Settings;
import dev.licet.config.StartupException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "backup",
    sortOptions = false,
    abbreviateSynopsis = true,
    description = {
      "Copies the SQLite database into a new file.",
      "The copy is consistent, also while a server uses the database.",
      "Keep the secret with it (the data directory's, or your own): without it no key can be read.",
      ""
    },
    footer = {"", "Example:", "  licet backup /backups/licet-monday.db --data-dir /var/lib/licet"})
final class BackupCommand implements Callable<Integer> {
  private static final double BYTES_PER_MEGABYTE = 1e6;

  private final Program program;
  private final Terminal terminal;
  private final SettingOptions options;

  @Parameters(paramLabel = "FILE", description = "The file to write; it must not exist.")
  private Path target = Path.of("");

  BackupCommand(Program program, Terminal terminal, SettingOptions options) {
    this.program = program;
    this.terminal = terminal;
    this.options = options;
  }

  @Override
  public Integer call() throws StartupException {
    Settings settings = options.load().settings();
    Logging.configure(settings.logLevel());
    BackupReport report = program.backup(settings, target);
    terminal
        .out()
        .printf(
            "The database was copied to %s (%.1f MB).%n",
            report.file(), report.bytes() / BYTES_PER_MEGABYTE);
    return ExitCode.OK;
  }
}
