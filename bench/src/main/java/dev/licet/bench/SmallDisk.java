package dev.licet.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A file system of a limited size, in memory, which can be filled. Takes root to mount. */
final class SmallDisk implements AutoCloseable {
  private static final int CHUNK = 4096;

  private final Path path;
  private final Thread unmount = new Thread(this::unmount);

  private SmallDisk(Path path) {
    this.path = path;
    Runtime.getRuntime().addShutdownHook(unmount);
  }

  /** Mounts one on a directory that is made; null if this is not allowed. */
  static @Nullable SmallDisk mount(Path path, int kibibytes)
      throws IOException, InterruptedException {
    Files.createDirectories(path);
    String size = "size=" + kibibytes + "k";
    int exitCode = run("mount", "-t", "tmpfs", "-o", size, "tmpfs", path.toString());
    return exitCode == 0 ? new SmallDisk(path) : null;
  }

  private static int run(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return process.waitFor(20, TimeUnit.SECONDS) ? process.exitValue() : -1;
  }

  Path path() {
    return path;
  }

  /** Takes all the room that is left. */
  void fill() {
    try (OutputStream out = Files.newOutputStream(filler())) {
      byte[] chunk = new byte[CHUNK];
      while (true) {
        out.write(chunk);
      }
    } catch (IOException full) {
      // as it should be
    }
  }

  /** Gives it back. */
  void free() throws IOException {
    Files.delete(filler());
  }

  private Path filler() {
    return path.resolve("filler");
  }

  private void unmount() {
    try {
      run("umount", "-l", path.toString());
    } catch (IOException e) {
      System.err.println(path + " stays mounted: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(unmount);
    unmount();
  }
}
