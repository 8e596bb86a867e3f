package dev.licet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a command of the real program did. */
record Run(int exitCode, String output, String errors) {
  /**
   * Runs a command.
   *
   * @param folder in which it is called
   */
  static Run of(Map<String, String> environment, Path folder, String... command) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Terminal terminal = new Terminal(stream(out), stream(err), environment, folder);
    int exitCode = new CommandLineInterface(TestServer.program(), terminal).execute(command);
    return new Run(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  Run expect(int expected) {
    assertEquals(expected, exitCode, output + errors);
    return this;
  }

  /** The first part of the output that is of this kind. */
  String found(Pattern pattern) {
    Matcher matcher = pattern.matcher(output);
    assertTrue(matcher.find(), output + errors);
    return matcher.group();
  }
}
