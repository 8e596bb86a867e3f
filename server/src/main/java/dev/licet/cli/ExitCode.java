package dev.licet.cli;

/** What the process answers to the one who started it. */
final class ExitCode {
  static final int OK = 0;

  /** The answer is no, or something broke. */
  static final int FAILED = 1;

  /** The program cannot start as it was asked to; the message says how to mend that. */
  static final int USAGE = 2;

  /** Stopped by Ctrl-C: 128 + SIGINT. */
  static final int INTERRUPTED = 130;

  private ExitCode() {}
}
