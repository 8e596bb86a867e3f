package dev.licet.cli;

import dev.licet.cli.Program.AuditReport;
import dev.licet.config.Settings;
import dev.licet.config.StartupException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
    name = "audit",
    sortOptions = false,
    description = {"Looks after the audit log, the record of who changed what.", ""},
    footer = {"", "Example:", "  licet audit verify --data-dir /var/lib/licet"})
final class AuditCommand {
  @Command(
      name = "verify",
      sortOptions = false,
      abbreviateSynopsis = true,
      description = {
        "Walks the log of every account and names the first row that was changed, removed or put"
            + " in.",
        "Also beside a running server. Exit code 1 when there is such a row.",
        "Note the last tags that it prints: a log that was cut off, or put back from an older"
            + " copy,",
        "no longer has them.",
        ""
      },
      footer = {
        "",
        "Examples:",
        "  licet audit verify --data-dir /var/lib/licet",
        "  LICET_DATABASE_URL=postgresql://licet:secret@db/licet licet audit verify"
      })
  static final class Verify implements Callable<Integer> {
    private final Program program;
    private final Terminal terminal;
    private final SettingOptions options;

    Verify(Program program, Terminal terminal, SettingOptions options) {
      this.program = program;
      this.terminal = terminal;
      this.options = options;
    }

    @Override
    public Integer call() throws StartupException {
      Settings settings = options.load().settings();
      Logging.configure(settings.logLevel());
      List<AuditReport> reports = program.verifyAudit(settings);
      for (AuditReport report : reports) {
        terminal.out().println(describe(report));
      }
      boolean sound = reports.stream().allMatch(report -> report.fault().isEmpty());
      terminal
          .out()
          .println(sound ? "The audit log is sound." : "The audit log was tampered with.");
      return sound ? ExitCode.OK : ExitCode.FAILED;
    }

    private static String describe(AuditReport report) {
      String rows =
          "%s: %d rows fit, last tag %s"
              .formatted(
                  report.account(), report.rows(), HexFormat.of().formatHex(report.lastTag()));
      return report.fault().map(fault -> rows + "; " + fault).orElse(rows);
    }
  }
}
