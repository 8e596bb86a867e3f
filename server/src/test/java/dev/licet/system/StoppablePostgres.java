package dev.licet.system;

import dev.licet.TemporaryDirectory;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A PostgreSQL of a test's own, which can stand still. */
final class StoppablePostgres implements AutoCloseable {
  private final TemporaryDirectory directory = TemporaryDirectory.create();
  private final EmbeddedPostgres server;
  private final ProcessHandle postmaster;

  StoppablePostgres() {
    Path data = directory.path().resolve("postgres");
    try {
      server =
          EmbeddedPostgres.builder()
              .setDataDirectory(data)
              .setServerConfig("fsync", "on")
              .setServerConfig("synchronous_commit", "on")
              .start();
      String pid = Files.readAllLines(data.resolve("postmaster.pid")).getFirst();
      postmaster = ProcessHandle.of(Long.parseLong(pid.strip())).orElseThrow();
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

  private void signal(String signal) {
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
