package dev.licet.cli;

import java.io.Console;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What surrounds a command.
 *
 * @param out for results
 * @param err for what went wrong
 * @param environment the environment variables
 * @param directory the working directory
 */
record Terminal(PrintStream out, PrintStream err, Map<String, String> environment, Path directory) {

  static Terminal ofProcess() {
    return new Terminal(System.out, System.err, System.getenv(), Path.of(""));
  }

  /** Whether a person sees what this process prints, as it prints it. */
  static boolean isInteractive() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
  }

  /** Says in one line what is wrong. */
  void complain(String problem) {
    err.println("licet: " + problem);
    err.flush();
  }
}
