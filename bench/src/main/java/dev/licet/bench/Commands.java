package dev.licet.bench;

import java.io.IOException;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;

/**
 * How the scripts' main classes run: exit code 2 and one line when something that they need is not
 * there.
 */
final class Commands {
  private Commands() {}

  static void run(Object command, String[] arguments) {
    Locale.setDefault(Locale.ROOT);
    IExecutionExceptionHandler handler =
        (failure, _, _) -> {
          if (!(failure instanceof IOException)) {
            throw failure;
          }
          System.err.println(failure.getMessage());
          return 2;
        };
    System.exit(new CommandLine(command).setExecutionExceptionHandler(handler).execute(arguments));
  }
}
