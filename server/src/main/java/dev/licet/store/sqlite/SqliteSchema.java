package dev.licet.store.sqlite;

import dev.licet.store.StoreOpenException;
import dev.licet.store.sql.Migrations;
import dev.licet.store.sql.SecretMark;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.api.FlywayException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** Brings a database file's schema up to date. Whoever calls holds the directory's lock. */
final class SqliteSchema {
  private static final String FIND_HISTORY =
      "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'flyway_schema_history'";

  private static final String FIND_TABLE = "SELECT 1 FROM sqlite_master LIMIT 1";

  private SqliteSchema() {}

  /** The version that a file's schema is at; 0 when the file is empty. */
  static int version(Path file) {
    look(file); // before the next connection sets a mode in a file that may be somebody else's
    try (Connection connection = SqlitePragmas.COMMAND.open(file)) {
      return Migrations.version(connection, FIND_HISTORY);
    } catch (SQLException e) {
      throw SqliteFaults.cannotOpen(file, e);
    }
  }

  /** As {@link #version}; changes nothing. */
  static int look(Path file) {
    try (Connection connection = SqlitePragmas.READER.open(file)) {
      return look(connection, file);
    } catch (SQLException e) {
      throw SqliteFaults.cannotOpen(file, e);
    }
  }

  /** Whether a server has left the mark of its secret; changes nothing. */
  static boolean hasSecret(Path file) {
    try (Connection connection = SqlitePragmas.READER.open(file)) {
      return look(connection, file) > 0 && SecretMark.isThere(connection, FIND_HISTORY);
    } catch (SQLException e) {
      throw SqliteFaults.cannotOpen(file, e);
    }
  }

  private static int look(Connection connection, Path file) throws SQLException {
    int version = Migrations.version(connection, FIND_HISTORY);
    if (version == 0 && !hasRow(connection, FIND_HISTORY) && hasRow(connection, FIND_TABLE)) {
      throw new StoreOpenException(
          file + " is the database of another program.",
          "Choose another directory with --data-dir.");
    }
    return version;
  }

  private static boolean hasRow(Connection connection, String select) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(select)) {
      return row.next();
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
      StoreOpenException damage = SqliteFaults.damage(file, e);
      if (damage != null) {
        throw damage;
      }
      throw new StoreOpenException(
          "The schema of " + file + " could not be brought up to date: " + e.getMessage(),
          "See whether the disk is full; the database is as it was before.",
          e);
    }
  }
}
