package dev.licet.config;

import org.jspecify.annotations.Nullable;

/**
 * The program cannot do what it was started for, and the person who started it can mend that. The
 * command line prints {@link #getMessage} as one line and exits with 2.
 */
public final class StartupException extends Exception {
  private static final long serialVersionUID = 1;

  /**
   * @param problem what is wrong, such as "port 8080 is in use"; holds no secret
   * @param remedy what to do about it, such as "choose another one with --port"
   */
  public StartupException(String problem, String remedy) {
    this(problem, remedy, null);
  }

  /** As above, with the fault behind it, which only a debug log shows. */
  public StartupException(String problem, String remedy, @Nullable Throwable cause) {
    super(sentence(problem) + " " + sentence(remedy), cause);
  }

  /** One line that ends with a full stop, whatever texts from elsewhere it quotes. */
  private static String sentence(String text) {
    String line = text.strip().replaceAll("[\\s\\p{Cntrl}]+", " ");
    return line.isEmpty() || ".?!".indexOf(line.charAt(line.length() - 1)) >= 0 ? line : line + ".";
  }
}
