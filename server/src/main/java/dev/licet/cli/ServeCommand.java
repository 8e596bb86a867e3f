package dev.licet.cli;

import dev.licet.config.Settings;
import dev.licet.config.StartupException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;

@Command(
    name = "serve",
    sortOptions = false,
    abbreviateSynopsis = true,
    description = {
      "Starts a server, and stops it on SIGTERM or Ctrl-C.",
      "Each option has the environment variable in brackets and a name in licet.yaml; licet config",
      "shows what they come to.",
      "The secrets LICET_SECRET and LICET_BOOTSTRAP_API_KEY have no flag.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  licet serve",
      "  licet serve --host 0.0.0.0 --port 9000 --data-dir /var/lib/licet",
      "  LICET_DATABASE_URL=postgresql://licet:secret@db/licet licet serve"
    })
final class ServeCommand implements Callable<Integer> {
  private final Program program;
  private final Terminal terminal;
  private final SettingOptions options;

  ServeCommand(Program program, Terminal terminal, SettingOptions options) {
    this.program = program;
    this.terminal = terminal;
    this.options = options;
  }

  @Override
  public Integer call() throws StartupException, InterruptedException {
    Settings settings = options.load().settings();
    Logging.configure(settings.logLevel());
    Stop stop = new Stop();
    TerminationSignals.handle(stop::signal);
    Program.Server server = program.start(settings);
    stop.serverIsUp();
    new Greeting(terminal.out()).print(server);
    stop.await();
    return close(server);
  }

  private int close(Program.Server server) throws InterruptedException {
    FutureTask<?> closing = new FutureTask<>(server::close, null);
    Thread.ofPlatform().name("close").daemon().start(closing);
    try {
      closing.get(Stop.PATIENCE.toSeconds(), TimeUnit.SECONDS);
      return ExitCode.OK;
    } catch (ExecutionException e) {
      terminal.complain("The server did not close in good order: " + e.getCause());
      return ExitCode.FAILED;
    } catch (TimeoutException e) {
      terminal.complain(
          "The server did not close within %d s; it is stopped as it stands."
              .formatted(Stop.PATIENCE.toSeconds()));
      Runtime.getRuntime().halt(ExitCode.FAILED);
      return ExitCode.FAILED;
    }
  }
}
