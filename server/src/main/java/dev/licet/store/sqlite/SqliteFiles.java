package dev.licet.store.sqlite;

import dev.licet.store.PrivateFiles;
import dev.licet.store.StoreOpenException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** The files of a data directory, which are their owner's alone. */
final class SqliteFiles {
  private static final String DATABASE = "licet.db";
  private static final String LOCK = "licet.lock";

  private final Path directory;

  SqliteFiles(Path directory) {
    this.directory = directory;
  }

  Path database() {
    return directory.resolve(DATABASE);
  }

  /**
   * Looks for the database without making one.
   *
   * @throws StoreOpenException when there is none
   */
  void requireDatabase() {
    requireDirectory();
    if (!Files.isRegularFile(database())) {
      throw noDatabase();
    }
  }

  StoreOpenException noDatabase() {
    return new StoreOpenException(
        "There is no database " + database() + ".", "Name the server's directory by --data-dir.");
  }

  /**
   * Sees to it that what is called a directory can be one.
   *
   * @throws StoreOpenException when it is a file
   */
  void requireDirectory() {
    if (Files.exists(directory) && !Files.isDirectory(directory)) {
      throw new StoreOpenException(
          "The data directory " + directory + " is a file.", "Choose a directory with --data-dir.");
    }
  }

  /** Makes the directory and an empty database where there are none. */
  void create() {
    requireDirectory();
    try {
      PrivateFiles.createDirectories(directory);
      createFile(database());
    } catch (IOException e) {
      throw cannotWrite(e);
    }
  }

  /**
   * Creates a file that its owner alone may read, before SQLite gives it and its kin other rights.
   */
  static void createFile(Path file) throws IOException {
    try {
      PrivateFiles.create(file);
    } catch (FileAlreadyExistsException e) {
      if (!Files.isWritable(file)) {
        throw e;
      }
    }
  }

  /** Keeps other servers from the directory until it is released; null when one has it. */
  @Nullable FileChannel tryLock() {
    try {
      createFile(directory.resolve(LOCK));
      FileChannel channel = FileChannel.open(directory.resolve(LOCK), StandardOpenOption.WRITE);
      FileLock lock = lock(channel);
      if (lock == null) {
        channel.close();
        return null;
      }
      return channel;
    } catch (IOException e) {
      throw cannotWrite(e);
    }
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // this very process has it
    }
  }

  private StoreOpenException cannotWrite(IOException cause) {
    return new StoreOpenException(
        "The data directory " + directory + " cannot be written.",
        "Give this user the right to write there, or choose another with --data-dir.",
        cause);
  }
}
