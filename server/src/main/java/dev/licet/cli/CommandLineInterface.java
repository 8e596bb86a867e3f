package dev.licet.cli;

import dev.licet.config.Spelling;
import dev.licet.config.StartupException;
import java.io.PrintWriter;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Runs what a person typed after {@code licet}. */
public final class CommandLineInterface {
  private static final int HELP_WIDTH = 100;

  private final Terminal terminal;
  private final CommandLine commands;

  CommandLineInterface(Program program, Terminal terminal) {
    this.terminal = terminal;
    this.commands = commands(program);
  }

  /** Runs a command in this process's surroundings; answers the process's exit code. */
  public static int run(Program program, String... arguments) {
    return new CommandLineInterface(program, Terminal.ofProcess()).execute(arguments);
  }

  int execute(String... arguments) {
    int code = arguments.length == 0 ? help() : commands.execute(arguments);
    terminal.out().flush();
    terminal.err().flush();
    return code;
  }

  private int help() {
    commands.usage(terminal.out());
    return ExitCode.OK;
  }

  private CommandLine commands(Program program) {
    CommandLine root = new CommandLine(new RootCommand());
    SettingOptions serve = SettingOptions.all(terminal);
    SettingOptions config = SettingOptions.all(terminal);
    SettingOptions migrate = SettingOptions.ofDatabase(terminal);
    SettingOptions backup = SettingOptions.ofDatabase(terminal);
    root.addSubcommand(command(new ServeCommand(program, terminal, serve), serve));
    root.addSubcommand(new DemoCommand(program, terminal));
    root.addSubcommand(
        new CommandLine(new KeyCommand())
            .addSubcommand(new KeyCommand.New(terminal))
            .addSubcommand(new KeyCommand.Check(terminal)));
    root.addSubcommand(new AccountCommand(program, terminal).line());
    root.addSubcommand(new OperatorCommand(program, terminal).line());
    root.addSubcommand(command(new ConfigCommand(terminal, config), config));
    root.addSubcommand(command(new MigrateCommand(program, terminal, migrate), migrate));
    root.addSubcommand(command(new BackupCommand(program, terminal, backup), backup));
    root.addSubcommand(new ImportCommand(terminal));
    root.addSubcommand(new ExportCommand(terminal));
    SettingOptions audit = SettingOptions.ofDatabase(terminal);
    root.addSubcommand(
        new CommandLine(new AuditCommand())
            .addSubcommand(command(new AuditCommand.Verify(program, terminal, audit), audit)));
    SettingOptions geoip = SettingOptions.ofGeoip(terminal);
    root.addSubcommand(
        new CommandLine(new GeoipCommand())
            .addSubcommand(command(new GeoipCommand.Install(program, terminal, geoip), geoip)));
    SettingOptions jobs = SettingOptions.ofDatabase(terminal);
    root.addSubcommand(command(new JobsCommand(program, terminal, jobs), jobs));
    root.addSubcommand(
        new CommandLine(new CheckoutCommand())
            .addSubcommand(new SimulateCommand(program, terminal)));
    root.addSubcommand(new VersionCommand(terminal));
    addHelp(root);
    root.setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8));
    root.setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8));
    root.setUsageHelpWidth(HELP_WIDTH);
    root.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
    root.setExpandAtFiles(false);
    root.setParameterExceptionHandler((mistake, ignored) -> misused(mistake));
    root.setExecutionExceptionHandler(failed());
    return root;
  }

  private static CommandLine command(Object command, SettingOptions options) {
    CommandLine line = new CommandLine(command);
    options.addTo(line.getCommandSpec());
    return line;
  }

  private static void addHelp(CommandLine line) {
    CommandSpec spec = line.getCommandSpec();
    spec.addOption(
        OptionSpec.builder("-h", "--help").usageHelp(true).description("Shows this text.").build());
    line.getSubcommands().values().forEach(CommandLineInterface::addHelp);
  }

  private int misused(ParameterException mistake) {
    CommandLine command = mistake.getCommandLine();
    String message = String.valueOf(mistake.getMessage()).lines().findFirst().orElse("");
    terminal.complain(
        message
            + suggestion(mistake)
            + " See: "
            + command.getCommandSpec().qualifiedName()
            + " --help");
    return ExitCode.USAGE;
  }

  private static String suggestion(ParameterException mistake) {
    if (!(mistake instanceof UnmatchedArgumentException unmatched)) {
      return ".";
    }
    CommandSpec spec = mistake.getCommandLine().getCommandSpec();
    List<String> known =
        unmatched.isUnknownOption()
            ? List.copyOf(spec.optionsMap().keySet())
            : List.copyOf(spec.subcommands().keySet());
    String typed = unmatched.getUnmatched().getFirst().replaceFirst("=.*", "");
    return Spelling.nearest(typed, known).map(name -> ". Did you mean " + name + "?").orElse(".");
  }

  private IExecutionExceptionHandler failed() {
    return (failure, command, result) -> {
      if (failure instanceof StartupException mendable) {
        terminal.complain(String.valueOf(mendable.getMessage()));
        return ExitCode.USAGE;
      }
      Logger logger = System.getLogger(CommandLineInterface.class.getName());
      logger.log(Level.DEBUG, "The command failed", failure);
      terminal.complain(
          "Something that should not happen: %s. LICET_LOG_LEVEL=debug shows more."
              .formatted(failure.toString().lines().findFirst().orElse("")));
      return ExitCode.FAILED;
    };
  }
}
