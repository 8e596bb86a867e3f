package dev.licet.cli;

/** The server did not answer what the story says. */
final class DemoDeviation extends Exception {
  private static final long serialVersionUID = 1;

  DemoDeviation(String message) {
    super(message);
  }
}
