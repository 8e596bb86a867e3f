package dev.licet.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.TemporaryDirectory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code licet train} as a process, as the launcher calls it. */
class TrainingTest {
  @Test
  void itDoesWhatAServerDoesAndLeavesNothing() throws Exception {
    try (TemporaryDirectory directory = TemporaryDirectory.create()) {
      Path temporary = Files.createDirectory(directory.path().resolve("tmp"));
      List<String> command =
          List.of(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "--enable-native-access=ALL-UNNAMED",
              "-Djava.io.tmpdir=" + temporary,
              "-cp",
              System.getProperty("java.class.path"),
              "dev.licet.Main",
              "train",
              "--validations",
              "2000");
      Path output = directory.path().resolve("output");
      Process process =
          new ProcessBuilder(command)
              .directory(directory.path().toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      try {
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
      } finally {
        process.destroyForcibly();
      }
      String said = Files.readString(output, StandardCharsets.UTF_8);
      assertEquals(0, process.exitValue(), said);
      assertTrue(said.endsWith("Trained with 2000 validations.\n"), said);
      try (Stream<Path> left = Files.list(temporary)) {
        assertEquals(List.of(), left.filter(Files::isDirectory).toList());
      }
    }
  }
}
