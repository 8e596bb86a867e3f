package dev.licet.store.sqlite;

import dev.licet.store.StoreOpenException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteErrorCode;

/**
 * Copies a database that another process may be writing to.
 *
 * <p>By {@code VACUUM INTO}, which reads one state and waits for no one. SQLite's backup interface
 * starts over whenever another process commits, and so would never end beside a busy server.
 */
final class SqliteBackup {
  private static final String UNFINISHED = ".unfinished";

  private SqliteBackup() {}

  /** Copies {@code source} to {@code target}, which must not exist; the size in bytes. */
  static long copy(Path source, Path target) {
    Path unfinished = target.resolveSibling(target.getFileName() + UNFINISHED);
    requireRoom(target);
    try {
      Files.deleteIfExists(unfinished);
      SqliteFiles.createFile(unfinished);
      write(source, unfinished);
      verify(unfinished);
      force(unfinished);
      Files.createLink(target, unfinished); // fails if the target has come to exist meanwhile
      return Files.size(target);
    } catch (IOException | SQLException e) {
      StoreOpenException damage = SqliteFaults.damage(source, e);
      throw damage == null ? failed(target, e) : damage;
    } finally {
      delete(unfinished);
    }
  }

  private static void requireRoom(Path target) {
    if (Files.exists(target)) {
      throw new StoreOpenException(
          "The file " + target + " exists.", "Name another, or move it away.");
    }
    Path directory = target.toAbsolutePath().getParent();
    if (directory != null && !Files.isDirectory(directory)) {
      throw new StoreOpenException(
          "There is no directory " + directory + ".", "Make it, or name a file elsewhere.");
    }
  }

  private static StoreOpenException failed(Path target, Exception cause) {
    return new StoreOpenException(
        "The backup to " + target + " failed: " + cause.getMessage() + ".",
        "See whether the disk is full and this user may write there.",
        cause);
  }

  private static void write(Path source, Path target) throws SQLException {
    try (Connection connection = SqlitePragmas.BACKUP.open(source);
        PreparedStatement vacuum = connection.prepareStatement("VACUUM INTO ?")) {
      vacuum.setString(1, target.toString());
      vacuum.execute();
    }
  }

  private static void verify(Path file) throws SQLException {
    try (Connection connection = SqlitePragmas.BACKUP.open(file);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA integrity_check(1)")) {
      if (!row.next() || !row.getString(1).equals("ok")) {
        throw new SQLException("the copy is not sound", null, SQLiteErrorCode.SQLITE_CORRUPT.code);
      }
    }
  }

  private static void force(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      System.getLogger(SqliteBackup.class.getName())
          .log(System.Logger.Level.WARNING, "an unfinished backup is left: " + file);
    }
  }
}
