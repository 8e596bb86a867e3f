package dev.licet.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The JVM that runs this, for starting others like it. */
final class Jvm {
  private static final Path LARGE_PAGES = Path.of("/sys/kernel/mm/transparent_hugepage/enabled");

  private Jvm() {}

  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /**
   * A command that runs another main class of this module, with what bears on speed of the options
   * that Licet's launcher uses.
   *
   * @param cache what the launcher does with an AOT cache, {@code -XX:AOTCacheOutput=FILE} or
   *     {@code -XX:AOTCache=FILE}
   */
  static List<String> running(String cache, Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>(List.of(java(), "-Xmx512m", cache));
    command.add("-Xlog:disable"); // or it would tell of each class that a cache cannot have
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders"));
    command.add("-Dio.netty.allocator.type=pooled");
    command.add("--sun-misc-unsafe-memory-access=allow");
    if (hasLargePages()) {
      command.add("-XX:+UseTransparentHugePages");
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  /** Whether Linux gives large pages to whoever asks. */
  private static boolean hasLargePages() {
    try {
      return Files.readString(LARGE_PAGES).contains("[madvise]");
    } catch (IOException e) {
      return false; // another system
    }
  }
}
