package dev.licet.cli;

import dev.licet.config.Settings;
import dev.licet.config.StartupException;
import dev.licet.domain.FailureException;
import dev.licet.domain.audit.Origin;
import dev.licet.domain.event.Actor;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine;

/**
 * A subcommand that opens the accounts of a database, which a server may have open too, and says in
 * one line what went wrong.
 */
abstract class OfficeAction implements Callable<Integer> {
  private static final Origin BY_COMMAND = new Origin(Actor.COMMAND, null, null);

  final SettingOptions options;
  final PrintStream out;
  private final Program program;
  private final String remedy;

  /**
   * @param remedy what to do when something is not found
   */
  OfficeAction(Program program, Terminal terminal, String remedy) {
    this.program = program;
    this.options = SettingOptions.ofDatabase(terminal);
    this.out = terminal.out();
    this.remedy = remedy;
  }

  /** A command with its subcommands, each with the flags that name the database. */
  static CommandLine line(Object command, OfficeAction... actions) {
    CommandLine line = new CommandLine(command);
    for (OfficeAction action : actions) {
      CommandLine part = new CommandLine(action);
      action.options.addTo(part.getCommandSpec());
      line.addSubcommand(part);
    }
    return line;
  }

  @Override
  public final Integer call() throws StartupException {
    Settings settings = options.load().settings();
    Logging.configure(settings.logLevel());
    try {
      program.onAccounts(
          settings,
          office ->
              BY_COMMAND.during(() -> {
                run(office);
                return true;
              }));
      return ExitCode.OK;
    } catch (FailureException e) {
      throw new StartupException(withoutDot(e.failure().detail()), remedy, e);
    }
  }

  abstract void run(Program.AccountOffice office) throws StartupException;

  private static String withoutDot(String sentence) {
    return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
  }
}
