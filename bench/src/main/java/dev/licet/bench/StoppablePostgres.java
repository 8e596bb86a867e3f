package dev.licet.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The processes of a {@link BenchPostgres}: they can stand still, die, and be started again. */
final class StoppablePostgres implements AutoCloseable {
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

  private final Path data;
  private final Path log;

  /**
   * @param data where a PostgreSQL runs
   * @param log what the one that is started again says
   */
  StoppablePostgres(Path data, Path log) {
    this.data = data;
    this.log = log;
  }

  /** Lets none of the processes do anything, or all of them go on: {@code STOP}, {@code CONT}. */
  void signalAll(String signal) throws IOException, InterruptedException {
    ProcessHandle postmaster = postmaster();
    kill(signal, List.of(postmaster)); // first, so that no new process comes
    kill(signal, postmaster.descendants().toList());
  }

  /** Sends a signal to the first process alone: {@code KILL}, {@code INT}. */
  void signal(String signal) throws IOException, InterruptedException {
    ProcessHandle postmaster = postmaster();
    List<ProcessHandle> all = new ArrayList<>(postmaster.descendants().toList());
    all.add(postmaster);
    kill(signal, List.of(postmaster));
    for (ProcessHandle process : all) {
      for (int i = 0; i < 3_000 && process.isAlive(); i++) {
        Thread.sleep(10);
      }
    }
  }

  /** Starts it as it was started before. */
  void start() throws IOException {
    List<String> command = new ArrayList<>();
    if (ProcessHandle.current().info().user().orElse("").equals("root")) {
      command.addAll(List.of("unshare", "-U")); // it refuses to be root
    }
    Matcher words = WORD.matcher(Files.readString(data.resolve("postmaster.opts")));
    while (words.find()) {
      command.add(words.group(1) == null ? words.group(2) : words.group(1));
    }
    Children.watch(
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start());
  }

  private ProcessHandle postmaster() throws IOException {
    String pid = Files.readAllLines(data.resolve("postmaster.pid")).getFirst().strip();
    return ProcessHandle.of(Long.parseLong(pid))
        .orElseThrow(() -> new IOException("PostgreSQL does not run in " + data));
  }

  private static void kill(String signal, List<ProcessHandle> processes)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("kill", "-" + signal));
    processes.forEach(process -> command.add(Long.toString(process.pid())));
    if (!new ProcessBuilder(command).start().waitFor(10, TimeUnit.SECONDS)) {
      throw new IOException("kill does not end");
    }
  }

  /** Ends what runs. */
  @Override
  public void close() throws IOException {
    try {
      if (Files.exists(data.resolve("postmaster.pid"))) {
        signalAll("CONT");
        signal("INT");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
