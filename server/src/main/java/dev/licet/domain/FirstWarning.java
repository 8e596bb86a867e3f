package dev.licet.domain;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Tells of a fault that comes again and again when it begins, and is quiet until it is over: a
 * database that is away for an hour is worth one line, not one for every attempt. For one thread.
 */
public final class FirstWarning {
  private final Logger log;
  private final String text;
  private boolean told;

  /**
   * @param text with {@code {0}} for the fault
   */
  public FirstWarning(Logger log, String text) {
    this.log = log;
    this.text = text;
  }

  /** It went wrong. */
  public void failed(RuntimeException fault) {
    log.log(told ? Level.DEBUG : Level.WARNING, text, fault.toString());
    told = true;
  }

  /** It went well. */
  public void worked() {
    told = false;
  }
}
