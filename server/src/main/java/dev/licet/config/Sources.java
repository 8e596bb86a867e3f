package dev.licet.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where the values of settings come from, besides the defaults.
 *
 * @param directory where {@code licet.yaml} is looked for; absent: no file is read
 * @param file the file named by {@code --config}; absent: {@code LICET_CONFIG}, then {@code
 *     licet.yaml} if there is one
 * @param environment the environment variables
 * @param flags the values given on the command line, by the names of their settings
 */
public record Sources(
    Optional<Path> directory,
    Optional<Path> file,
    Map<String, String> environment,
    Map<String, String> flags) {

  /** The given values by their settings' names, and nothing from outside the program. */
  public static Sources only(Map<String, String> values) {
    return new Sources(Optional.empty(), Optional.empty(), Map.of(), values);
  }
}
