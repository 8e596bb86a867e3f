package dev.licet.cli;

import dev.licet.config.Settings.LogLevel;
import java.util.Locale;

/** Sets how much is logged. It counts only before the first line is. */
final class Logging {
  private static final String LEVEL = "org.slf4j.simpleLogger.defaultLogLevel";

  private Logging() {}

  static void configure(LogLevel level) {
    System.setProperty(LEVEL, level.name().toLowerCase(Locale.ROOT));
  }
}
