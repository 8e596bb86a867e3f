package dev.licet.cli;

import dev.licet.config.Settings;
import dev.licet.config.StartupException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The temporary directory and the server in it. Both go when it closes, also after Ctrl-C. */
final class DemoStage implements AutoCloseable {
  private final Path folder;
  private final Thread hook = new Thread(this::strike, "demo-cleanup");
  private Program.@Nullable Server server;
  private boolean struck;

  DemoStage() throws StartupException {
    try {
      folder = Files.createTempDirectory("licet-demo-");
    } catch (IOException e) {
      throw new StartupException(
          "No temporary directory can be made in " + System.getProperty("java.io.tmpdir"),
          "Make room there, or name another one with LICET_JAVA_OPTS=-Djava.io.tmpdir=DIRECTORY",
          e);
    }
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /**
   * Starts a server on any free port, with the directory for its data.
   *
   * @param more its other settings
   */
  Program.Server open(Program program, Map<String, String> more) throws StartupException {
    Map<String, String> all = new HashMap<>(more);
    all.putAll(Map.of("port", "0", "data-dir", folder.toString(), "log-level", "warn"));
    Settings settings = Settings.of(all);
    Logging.configure(settings.logLevel());
    Program.Server started = program.start(settings);
    enter(started);
    return started;
  }

  /** A server that starts while the stage is being struck is closed at once. */
  private synchronized void enter(Program.Server started) {
    server = started;
    if (struck) {
      started.close();
    }
  }

  /** Whether the server and its data are gone. */
  synchronized boolean isStruck() {
    return struck;
  }

  @Override
  public void close() {
    strike();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is stopping already: the hook finds nothing left to do.
      return;
    }
  }

  private synchronized void strike() {
    if (struck) {
      return;
    }
    struck = true;
    if (server != null) {
      server.close();
    }
    delete(folder);
  }

  private static void delete(Path folder) {
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.deleteIfExists(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                throws IOException {
              Files.deleteIfExists(directory);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      System.getLogger(DemoStage.class.getName())
          .log(System.Logger.Level.WARNING, "Not deleted: " + folder, e);
    }
  }
}
