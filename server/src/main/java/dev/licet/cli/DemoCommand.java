package dev.licet.cli;

import dev.licet.config.StartupException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
    name = "demo",
    description = {
      "Shows the life of a license: made, validated, refused, suspended, reinstated, revoked.",
      "On a real server and a real database in a temporary directory. Leaves nothing behind, and",
      "looks at no settings of yours."
    },
    footer = {"", "Example:", "  licet demo"})
final class DemoCommand implements Callable<Integer> {
  private final Program program;
  private final Terminal terminal;

  DemoCommand(Program program, Terminal terminal) {
    this.program = program;
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws StartupException {
    try (DemoStage stage = new DemoStage()) {
      return tell(stage.open(program, Map.of()), stage);
    }
  }

  private int tell(Program.Server server, DemoStage stage) {
    terminal
        .out()
        .printf("A fresh server answers at %s (%s).%n", server.address(), server.database());
    try (DemoClient client = new DemoClient(server.address(), server.firstApiKey().orElse(""))) {
      new DemoStory(client, terminal.out()).tell();
      terminal.out().println("\nAll of it went as it should. Now: licet serve");
      return ExitCode.OK;
    } catch (DemoDeviation deviation) {
      if (stage.isStruck()) {
        return ExitCode.INTERRUPTED;
      }
      terminal.out().flush();
      terminal.complain("The demo did not go as it should: " + deviation.getMessage());
      return ExitCode.FAILED;
    }
  }
}
