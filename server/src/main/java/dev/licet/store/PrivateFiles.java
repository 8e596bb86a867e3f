package dev.licet.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Makes files and directories that their owner alone may use. */
public final class PrivateFiles {
  private PrivateFiles() {}

  /** Makes a directory and those above it where they are missing. */
  public static void createDirectories(Path directory) throws IOException {
    Files.createDirectories(directory, onlyOwner("rwx------"));
  }

  /**
   * Makes an empty file.
   *
   * @throws FileAlreadyExistsException when there is one
   */
  public static void create(Path file) throws IOException {
    Files.createFile(file, onlyOwner("rw-------"));
  }

  /**
   * Makes a file that is either whole or not there, and stays after a loss of power.
   *
   * @throws FileAlreadyExistsException when there is one, which is left as it is
   */
  public static void create(Path directory, String name, byte[] content) throws IOException {
    Path part = Files.createTempFile(directory, ".new", null, onlyOwner("rw-------"));
    try {
      try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
        channel.write(ByteBuffer.wrap(content));
        channel.force(true);
      }
      Files.createLink(directory.resolve(name), part);
      try (FileChannel entries = FileChannel.open(directory, Set.of())) {
        entries.force(true);
      }
    } finally {
      Files.delete(part);
    }
  }

  private static FileAttribute<?>[] onlyOwner(String rights) {
    boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights))
        }
        : new FileAttribute<?>[0];
  }
}
