package dev.licet.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server in a process of its own, started and ready. What it prints goes to a log file. */
final class ServerProcess implements AutoCloseable {
  private static final Pattern READY = Pattern.compile(" is ready at (http://[^ ]+)");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final URI base;
  private final Duration timeToReady;

  private ServerProcess(Process process, URI base, Duration timeToReady) {
    this.process = process;
    this.base = base;
    this.timeToReady = timeToReady;
  }

  /**
   * Starts a command and waits until it prints a line with {@code is ready at http://...}.
   *
   * @param environment added to the own environment
   * @param log appended to
   * @throws IOException if it ends or a minute passes before that; the message says where to look
   */
  static ServerProcess start(List<String> command, Map<String, String> environment, Path log)
      throws IOException, InterruptedException {
    Files.createDirectories(log.toAbsolutePath().getParent());
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    long start = System.nanoTime();
    Process process = Children.watch(builder.start());
    CompletableFuture<String> ready = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> follow(process, log, ready));
    try {
      String base = ready.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      return new ServerProcess(process, URI.create(base), since(start));
    } catch (ExecutionException | TimeoutException notReady) {
      Children.stop(process);
      throw new IOException(
          command.getFirst() + " did not get ready within a minute; see " + log, notReady);
    }
  }

  private static void follow(Process process, Path log, CompletableFuture<String> ready) {
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Matcher matcher = READY.matcher(line);
        if (matcher.find()) {
          ready.complete(matcher.group(1));
        }
        Files.writeString(log, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      }
      ready.completeExceptionally(new IOException("ended before it was ready"));
    } catch (IOException broken) {
      ready.completeExceptionally(broken);
    }
  }

  static Duration since(long nanoTime) {
    return Duration.ofNanos(System.nanoTime() - nanoTime);
  }

  URI base() {
    return base;
  }

  /** From the start of the process to its ready line. */
  Duration timeToReady() {
    return timeToReady;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** The resident memory now, in MiB. */
  long residentMebibytes() {
    return mebibytes("VmRSS:");
  }

  /** The most resident memory that it ever had, in MiB. */
  long peakMebibytes() {
    return mebibytes("VmHWM:");
  }

  private long mebibytes(String field) {
    try (var lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
      return lines
          .filter(line -> line.startsWith(field))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
          .findFirst()
          .orElse(0);
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  /** Ends the process at once, as a crash does, and returns when it is gone. */
  void kill9() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Asks the process to end and waits; the exit code, or -1 if it had to be killed. */
  int terminate() {
    return Children.stop(process);
  }

  @Override
  public void close() {
    Children.stop(process);
  }
}
