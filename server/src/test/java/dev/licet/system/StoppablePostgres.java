package dev.licet.system;

import dev.licet.TemporaryDirectory;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A PostgreSQL of a test's own, which can stand still, end, and be started again. */
final class StoppablePostgres implements AutoCloseable {
  private final TemporaryDirectory directory = TemporaryDirectory.create();
  private final Path data = directory.path().resolve("postgres");
  private final EmbeddedPostgres server;

  StoppablePostgres() {
    try {
      server =
          EmbeddedPostgres.builder()
              .setDataDirectory(data)
              .setServerConfig("fsync", "on")
              .setServerConfig("synchronous_commit", "on")
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String url() {
    return "postgresql://postgres:postgres@127.0.0.1:" + server.getPort() + "/postgres";
  }

  /** Lets none of its processes do anything: connections stay, and nothing answers. */
  void hang() {
    signal("-STOP");
  }

  void goOn() {
    signal("-CONT");
  }

  /** Ends it as a crash does. */
  void kill() {
    end("-KILL");
  }

  /** Ends it as its administrator does. */
  void shutDown() {
    end("-INT");
  }

  private void end(String signal) {
    ProcessHandle postmaster = postmaster();
    List<ProcessHandle> all = new ArrayList<>(postmaster.descendants().toList());
    all.add(postmaster);
    run(List.of("kill", signal, "" + postmaster.pid()));
    all.forEach(process -> process.onExit().orTimeout(20, TimeUnit.SECONDS).join());
  }

  /** Starts it as it was started before; returns when it answers. */
  void startAgain() throws InterruptedException {
    try {
      List<String> command = new ArrayList<>();
      if (ProcessHandle.current().info().user().orElse("").equals("root")) {
        command.addAll(List.of("unshare", "-U")); // it refuses to be root
      }
      String options = Files.readString(data.resolve("postmaster.opts")).replace("\"", "");
      command.addAll(List.of(options.strip().split(" ")));
      new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(directory.path().resolve("postgres.log").toFile())
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    for (int i = 0; i < 1_000 && !answers(); i++) {
      Thread.sleep(20);
    }
  }

  private boolean answers() {
    try (Connection connection = server.getPostgresDatabase().getConnection()) {
      return connection.isValid(1);
    } catch (SQLException e) {
      return false;
    }
  }

  private ProcessHandle postmaster() {
    try {
      String pid = Files.readAllLines(data.resolve("postmaster.pid")).getFirst();
      return ProcessHandle.of(Long.parseLong(pid.strip())).orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void signal(String signal) {
    ProcessHandle postmaster = postmaster();
    List<String> command = new ArrayList<>(List.of("kill", signal, "" + postmaster.pid()));
    run(command); // the postmaster first, so that no new process comes after the others are listed
    List<String> rest = new ArrayList<>(List.of("kill", signal));
    postmaster.descendants().forEach(process -> rest.add("" + process.pid()));
    run(rest);
  }

  private static void run(List<String> command) {
    try {
      new ProcessBuilder(command).start().waitFor(10, TimeUnit.SECONDS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    goOn();
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    directory.close();
  }
}
