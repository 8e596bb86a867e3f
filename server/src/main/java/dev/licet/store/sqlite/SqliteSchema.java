package dev.licet.store.sqlite;

import dev.licet.store.StoreOpenException;
import dev.licet.store.sql.Migrations;
import dev.licet.store.sql.SecretMark;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.flywaydb.core.api.FlywayException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;

/** Brings a database file's schema up to date. Whoever calls holds the directory's lock. */
final class SqliteSchema {
  private static final String FIND_HISTORY =
      "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'flyway_schema_history'";

  private SqliteSchema() {}

  static int version(Path file) {
    try (Connection connection = SqlitePragmas.COMMAND.open(file)) {
      return Migrations.version(connection, FIND_HISTORY);
    } catch (SQLException e) {
      throw cannotOpen(file, e);
    }
  }

  /** Whether a server has left the mark of its secret; changes nothing. */
  static boolean hasSecret(Path file) {
    try (Connection connection = SqlitePragmas.READER.open(file)) {
      return SecretMark.isThere(connection, FIND_HISTORY);
    } catch (SQLException e) {
      throw cannotOpen(file, e);
    }
  }

  /** Runs what is missing and says which version it found. */
  static int bringUpToDate(Path file) {
    int found = version(file);
    if (found == Migrations.NEWEST) {
      return found;
    }
    SQLiteConfig config = new SQLiteConfig();
    config.enforceForeignKeys(true);
    config.setBusyTimeout(5000);
    SQLiteDataSource database = new SQLiteDataSource(config);
    database.setUrl("jdbc:sqlite:" + file);
    try {
      Migrations.run(database, "sqlite");
      return found;
    } catch (FlywayException e) {
      throw new StoreOpenException(
          "The schema of " + file + " could not be brought up to date: " + e.getMessage(),
          "See whether the disk is full; the database is as it was before.",
          e);
    }
  }

  private static StoreOpenException cannotOpen(Path file, SQLException cause) {
    boolean foreign = cause.getErrorCode() == SQLiteErrorCode.SQLITE_NOTADB.code;
    return new StoreOpenException(
        foreign
            ? file + " is not a SQLite database."
            : "The database " + file + " cannot be opened: " + cause.getMessage(),
        foreign
            ? "Move it away, or restore a backup in its place."
            : "See whether the disk is full and this user may write the file.",
        cause);
  }
}
