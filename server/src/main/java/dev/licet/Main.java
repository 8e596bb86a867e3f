package dev.licet;

import dev.licet.cli.CommandLineInterface;

/** Starts the command line. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(CommandLineInterface.run(new LicetProgram(), arguments));
  }
}
