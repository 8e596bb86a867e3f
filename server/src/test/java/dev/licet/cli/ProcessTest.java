package dev.licet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Runs commands as processes, since signals and exit codes only show there. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "It has no signals.")
@Timeout(60)
final class ProcessTest {
  @TempDir Path folder;

  @Test
  void serveAnnouncesItselfAndEndsWithZeroAfterSigterm() throws Exception {
    Process process = start(List.of(), "serve");
    try {
      List<String> lines = readUntilReady(process);
      String curl =
          lines.stream()
              .map(String::strip)
              .filter(line -> line.startsWith("curl"))
              .findFirst()
              .orElseThrow();
      assertEquals("201", paste(curl + " -o /dev/null -w '%{http_code}'"));

      Instant asked = Instant.now();
      process.destroy();
      assertTrue(process.waitFor(10, TimeUnit.SECONDS));
      assertEquals(0, process.exitValue());
      assertTrue(Duration.between(asked, Instant.now()).toSeconds() < 10);
      assertTrue(Files.readString(errors()).contains("closed in good order"));
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void aServerThatDoesNotCloseIsStoppedInTime() throws Exception {
    Process process = start(List.of("-Dslow.close=30000"), "serve");
    try {
      readUntilReady(process);
      process.destroy();
      assertTrue(process.waitFor(10, TimeUnit.SECONDS));
      assertEquals(1, process.exitValue());
      assertTrue(Files.readString(errors()).contains("did not close within 9 s"));
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void aServerThatIsNotUpYetJustEnds() throws Exception {
    Process process = start(List.of("-Dslow.start=30000"), "serve");
    try {
      while (!Files.readString(errors()).contains("starting")) {
        Thread.sleep(20);
      }
      process.destroy();
      assertTrue(process.waitFor(10, TimeUnit.SECONDS));
      assertEquals(0, process.exitValue());
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void anInterruptedDemoLeavesNothing() throws Exception {
    Path temporary = Files.createDirectory(folder.resolve("tmp"));
    Process process =
        start(
            List.of("-Djava.io.tmpdir=" + temporary, "-Dslow.close=1000", "-Dslow.answer=1000"),
            "demo");
    try {
      BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
      assertTrue(reader.readLine().startsWith("A fresh server answers"));
      interrupt(process);
      assertTrue(process.waitFor(20, TimeUnit.SECONDS));
      assertEquals(130, process.exitValue());
      try (Stream<Path> left = Files.list(temporary)) {
        assertEquals(
            List.of(), left.filter(Files::isDirectory).filter(ProcessTest::isDemo).toList());
      }
    } finally {
      process.destroyForcibly();
    }
  }

  private static boolean isDemo(Path path) {
    return path.getFileName().toString().startsWith("licet-demo-");
  }

  private Process start(List<String> options, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), FakeProgram.class.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectError(errors().toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("LICET_"));
    return builder.start();
  }

  private Path errors() {
    return folder.resolve("stderr");
  }

  private static List<String> readUntilReady(Process process) throws IOException {
    List<String> lines = new ArrayList<>();
    BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      lines.add(line);
      if (line.matches(
          "Licet is ready at http://127\\.0\\.0\\.1:\\d+ \\(SQLite, data/licet\\.db\\)")) {
        return lines;
      }
    }
    throw new AssertionError("It was never ready: " + lines);
  }

  private String paste(String line) throws Exception {
    Process shell = new ProcessBuilder("sh", "-c", line).directory(folder.toFile()).start();
    String output =
        shell.inputReader(StandardCharsets.UTF_8).lines().collect(Collectors.joining("\n"));
    assertEquals(0, shell.waitFor(), output);
    return output;
  }

  private static void interrupt(Process process) throws Exception {
    new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).inheritIO().start().waitFor();
  }
}
