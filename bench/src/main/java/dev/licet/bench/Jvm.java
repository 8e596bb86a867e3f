package dev.licet.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The JVM that runs this, for starting others like it. */
final class Jvm {
  private Jvm() {}

  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /**
   * A command that runs another main class of this module, with the collector that Licet's launcher
   * uses.
   */
  static List<String> running(Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>(List.of(java(), "-Xmx512m", "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    return command;
  }
}
