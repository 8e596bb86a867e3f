package dev.licet.cli;

import dev.licet.config.Configuration;
import dev.licet.config.StartupException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
    name = "config",
    sortOptions = false,
    abbreviateSynopsis = true,
    description = {
      "Shows every setting, its value and where it comes from; secrets are masked.",
      "Later sources win: defaults, licet.yaml, environment, flags.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  licet config",
      "  LICET_PORT=9000 licet config --config /etc/licet.yaml"
    })
final class ConfigCommand implements Callable<Integer> {
  private final Terminal terminal;
  private final SettingOptions options;

  ConfigCommand(Terminal terminal, SettingOptions options) {
    this.terminal = terminal;
    this.options = options;
  }

  @Override
  public Integer call() throws StartupException {
    Table table = new Table("Setting", "Value", "Origin");
    for (Configuration.Row row : options.load().rows()) {
      table.row(row.name(), row.value().isEmpty() ? "(none)" : row.value(), row.origin());
    }
    table.print(terminal.out());
    return ExitCode.OK;
  }
}
