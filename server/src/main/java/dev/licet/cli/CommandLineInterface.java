package dev.licet.cli;

import dev.licet.config.Spelling;
import dev.licet.config.StartupException;
import java.io.PrintWriter;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
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
  private final Program program;

  CommandLineInterface(Program program, Terminal terminal) {
    this.program = program;
    this.terminal = terminal;
  }

  /** Runs a command in this process's surroundings; answers the process's exit code. */
  public static int run(Program program, String... arguments) {
    return new CommandLineInterface(program, Terminal.ofProcess()).execute(arguments);
  }

  int execute(String... arguments) {
    CommandLine commands = commands(program, arguments.length == 0 ? null : arguments[0]);
    int code = arguments.length == 0 ? help(commands) : commands.execute(arguments);
    terminal.out().flush();
    terminal.err().flush();
    return code;
  }

  private int help(CommandLine commands) {
    commands.usage(terminal.out());
    return ExitCode.OK;
  }

  /**
   * The command that is named, or all when none is: to make one takes some milliseconds, which a
   * server's start is spared.
   */
  CommandLine commands(Program program, @Nullable String named) {
    CommandLine root = new CommandLine(new RootCommand());
    Map<String, Supplier<CommandLine>> all = subcommands(program);
    Supplier<CommandLine> only = named == null ? null : all.get(named);
    if (only == null) {
      all.values().forEach(command -> root.addSubcommand(command.get()));
    } else {
      root.addSubcommand(only.get());
    }
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

  /** How each command is made, by its name, in the order of the help. */
  private Map<String, Supplier<CommandLine>> subcommands(Program program) {
    Map<String, Supplier<CommandLine>> all = new LinkedHashMap<>();
    all.put(
        "serve",
        () -> command(it -> new ServeCommand(program, terminal, it), SettingOptions.all(terminal)));
    all.put("demo", () -> new CommandLine(new DemoCommand(program, terminal)));
    all.put(
        "key",
        () ->
            new CommandLine(new KeyCommand())
                .addSubcommand(new KeyCommand.New(terminal))
                .addSubcommand(new KeyCommand.Check(terminal)));
    all.put("account", () -> new AccountCommand(program, terminal).line());
    all.put("operator", () -> new OperatorCommand(program, terminal).line());
    all.put(
        "config",
        () -> command(it -> new ConfigCommand(terminal, it), SettingOptions.all(terminal)));
    all.put("migrate", () -> onDatabase(it -> new MigrateCommand(program, terminal, it)));
    all.put("backup", () -> onDatabase(it -> new BackupCommand(program, terminal, it)));
    all.put("import", () -> new CommandLine(new ImportCommand(terminal)));
    all.put("export", () -> new CommandLine(new ExportCommand(terminal)));
    all.put(
        "audit",
        () ->
            new CommandLine(new AuditCommand())
                .addSubcommand(onDatabase(it -> new AuditCommand.Verify(program, terminal, it))));
    all.put(
        "geoip",
        () ->
            new CommandLine(new GeoipCommand())
                .addSubcommand(
                    command(
                        it -> new GeoipCommand.Install(program, terminal, it),
                        SettingOptions.ofGeoip(terminal))));
    all.put("jobs", () -> onDatabase(it -> new JobsCommand(program, terminal, it)));
    all.put(
        "checkout",
        () ->
            new CommandLine(new CheckoutCommand())
                .addSubcommand(new SimulateCommand(program, terminal)));
    all.put("train", () -> new CommandLine(new TrainCommand(program, terminal)));
    all.put("version", () -> new CommandLine(new VersionCommand(terminal)));
    return all;
  }

  private CommandLine onDatabase(Function<SettingOptions, Object> command) {
    return command(command, SettingOptions.ofDatabase(terminal));
  }

  private static CommandLine command(
      Function<SettingOptions, Object> command, SettingOptions options) {
    CommandLine line = new CommandLine(command.apply(options));
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
