package dev.licet.store.spill;

import dev.licet.domain.usage.Spill;
import dev.licet.domain.usage.SpillReplay;
import dev.licet.store.PrivateFiles;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The files of a data directory in which validations wait. Each process has one that no other has;
 * several may have the same directory. What a process that is gone has left is replayed by the next
 * one that starts there.
 */
public final class SpillFiles implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(SpillFiles.class.getName());
  private static final int MAX_FILES = 64;

  /** How often a file is opened anew that another process removes at the same time. */
  private static final int ATTEMPTS = 10;

  private @Nullable SpillFile own;

  private SpillFiles() {}

  /**
   * Replays what waits, and takes a file for this process. Without one, as when the directory
   * cannot be written, nothing can wait.
   *
   * @throws dev.licet.domain.StoreUnavailableException when the database is away; all waits on
   */
  public static SpillFiles claim(Path directory, long maxBytes, SpillReplay replay) {
    SpillFiles files = new SpillFiles();
    try {
      PrivateFiles.createDirectories(directory);
      for (int number = 1; number <= MAX_FILES; number++) {
        files.take(directory.resolve("usage-spill-" + number), maxBytes, replay);
      }
    } catch (IOException e) {
      LOG.log(
          Level.WARNING,
          "no validation can wait in {0} while the database is away: {1}",
          directory,
          e.toString());
    } catch (RuntimeException e) {
      files.close();
      throw e;
    }
    return files;
  }

  private void take(Path path, long maxBytes, SpillReplay replay) throws IOException {
    SpillFile file = open(path, maxBytes);
    if (file == null) {
      return;
    }
    try {
      replay(file, path, replay);
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
    if (own == null) {
      own = file;
      file.reserve();
    } else {
      file.delete();
    }
  }

  /** Opens a file, which is made when this process has none yet; null when another one has it. */
  private @Nullable SpillFile open(Path path, long maxBytes) throws IOException {
    for (int i = 0; i < ATTEMPTS; i++) {
      if (!Files.exists(path)) {
        if (own != null) {
          return null;
        }
        create(path);
      }
      try {
        return SpillFile.open(path, maxBytes);
      } catch (NoSuchFileException e) {
        LOG.log(Level.DEBUG, "{0} was removed by another process", path);
      }
    }
    return null;
  }

  private static void create(Path path) throws IOException {
    try {
      PrivateFiles.create(path);
    } catch (FileAlreadyExistsException e) {
      LOG.log(Level.DEBUG, "{0} was made by another process", path);
    }
  }

  private static void replay(SpillFile file, Path path, SpillReplay replay) {
    if (!file.isEmpty()) {
      long events = replay.all(file);
      LOG.log(Level.INFO, "{0} validations that waited in {1} are recorded", events, path);
    }
  }

  /** Where validations of this process wait. */
  public Spill own() {
    SpillFile file = own;
    return file == null ? Spill.NONE : file;
  }

  @Override
  public void close() {
    if (own != null) {
      own.close();
    }
  }
}
