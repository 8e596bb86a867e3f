package dev.licet.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
    name = "version",
    description = "Shows the versions of Licet, Java and the operating system.",
    footer = {"", "Example:", "  licet version"})
final class VersionCommand implements Callable<Integer> {
  private final Terminal terminal;

  VersionCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    String version =
        Optional.ofNullable(VersionCommand.class.getPackage().getImplementationVersion())
            .orElse("(not packaged)");
    terminal
        .out()
        .printf(
            "Licet %s, Java %s, %s %s%n",
            version,
            Runtime.version(),
            System.getProperty("os.name"),
            System.getProperty("os.arch"));
    return ExitCode.OK;
  }
}
