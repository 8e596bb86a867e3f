package dev.licet.system;

import dev.licet.TestClient;
import dev.licet.TestServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code licet serve} as a process, of the classes under test. */
final class ServerProcess implements AutoCloseable {
  private static final int START_SECONDS = 60;
  private static final int STOP_SECONDS = 20;
  private static final Pattern READY =
      Pattern.compile("Licet is ready at (http://127\\.0\\.0\\.1:\\d+) \\((.+)\\)");

  /** The state of a socket in {@code /proc/net/tcp}. */
  private static final String LISTENING = "0A";

  private final Process process;
  private final Path errors;
  private final List<String> output = new ArrayList<>();
  private final CompletableFuture<String> readyLine = new CompletableFuture<>();

  /** A process that ended by itself. */
  record Ended(int exitCode, List<String> errorLines) {}

  private ServerProcess(Path directory, Map<String, String> settings) throws IOException {
    errors = Files.createTempFile(directory, "stderr", ".txt");
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.licet.Main",
            "serve");
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("LICET_"));
    builder.environment().putAll(Map.of("LICET_PORT", "0", "LICET_DATA_DIR", "data"));
    builder.environment().put("LICET_BOOTSTRAP_API_KEY", TestServer.API_KEY);
    builder.environment().put("LICET_BOOTSTRAP_OPERATOR_KEY", TestServer.OPERATOR_KEY);
    builder.environment().put("LICET_LICENSE_VALIDATIONS_PER_MINUTE", "0");
    builder.environment().put("LICET_API_KEY_REQUESTS_PER_MINUTE", "0");
    builder.environment().put("LICET_ADDRESS_REQUESTS_PER_MINUTE", "0");
    builder.environment().putAll(settings);
    process = builder.redirectError(errors.toFile()).start();
    Thread.ofVirtual().start(this::readOutput);
  }

  /**
   * Starts a server; returns when it is ready.
   *
   * @param directory its working directory; the data are in {@code data} there
   * @param settings environment variables beside those that all have
   */
  static ServerProcess start(Path directory, Map<String, String> settings) {
    try {
      ServerProcess server = new ServerProcess(directory, settings);
      try {
        server.readyLine.get(START_SECONDS, TimeUnit.SECONDS);
      } catch (Exception e) {
        server.close();
        throw new IllegalStateException("not ready: " + server.errorLines(), e);
      }
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts a server that is expected to refuse to. */
  static Ended end(Path directory, Map<String, String> settings) throws Exception {
    try (ServerProcess server = new ServerProcess(directory, settings)) {
      if (!server.process.waitFor(START_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("it runs: " + server.output);
      }
      return new Ended(server.process.exitValue(), server.errorLines());
    }
  }

  String readyLine() {
    return readyLine.join();
  }

  TestClient client() {
    return client(TestServer.API_KEY);
  }

  TestClient client(String key) {
    Matcher matcher = READY.matcher(readyLine());
    if (!matcher.matches()) {
      throw new IllegalStateException(readyLine());
    }
    return new TestClient(URI.create(matcher.group(1)), key);
  }

  /** Sends SIGTERM and returns the exit code. */
  int terminate() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("does not stop");
    }
    return process.exitValue();
  }

  /** Sends SIGKILL and waits for the end. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** The ports on which it takes connections, as Linux knows them. */
  Set<Integer> listeningPorts() throws IOException {
    Path about = Path.of("/proc", Long.toString(process.pid()));
    Set<String> sockets = new HashSet<>();
    try (Stream<Path> open = Files.list(about.resolve("fd"))) {
      for (Path descriptor : open.toList()) {
        sockets.add(Files.readSymbolicLink(descriptor).toString());
      }
    }
    Set<Integer> ports = new HashSet<>();
    for (String table : List.of("net/tcp", "net/tcp6")) {
      for (String line : Files.readAllLines(about.resolve(table))) {
        String[] columns = line.strip().split(" +");
        if (columns[3].equals(LISTENING) && sockets.contains("socket:[" + columns[9] + "]")) {
          ports.add(Integer.parseInt(columns[1].substring(columns[1].indexOf(':') + 1), 16));
        }
      }
    }
    return ports;
  }

  /** What it wrote to standard error so far. */
  String errors() {
    return String.join("\n", errorLines());
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }

  private List<String> errorLines() {
    try {
      return Files.readAllLines(errors);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void readOutput() {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        output.add(line);
        if (READY.matcher(line).matches()) {
          readyLine.complete(line);
        }
      }
    } catch (IOException e) {
      // the process is gone
    }
    readyLine.completeExceptionally(new IllegalStateException("ended"));
  }
}
