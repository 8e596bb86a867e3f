package dev.licet.store.sql;

import dev.licet.store.StoreOpenException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * Brings a schema up to date, forward only. Flyway looks through the class path and the database
 * for longer than the rest of a start takes, so one SELECT decides whether it is needed.
 */
public final class Migrations {
  /** The version that this program knows: the highest of the files. */
  public static final int NEWEST = 17;

  /** The version that a schema is at. */
  private static final String VERSION =
      "SELECT MAX(CAST(version AS INTEGER)) FROM flyway_schema_history WHERE success";

  private Migrations() {}

  /**
   * The version that a schema is at; 0 when it is new.
   *
   * @param findHistory a SELECT that has a row when the table of migrations exists
   * @throws StoreOpenException when a newer program made the schema
   */
  public static int version(Connection connection, String findHistory) throws SQLException {
    int version = read(connection, findHistory);
    if (version > NEWEST) {
      throw new StoreOpenException(
          "The database was made by a newer Licet (schema %d; this one knows %d)."
              .formatted(version, NEWEST),
          "Run that version or a later one, or restore a backup that this one made.");
    }
    return version;
  }

  /**
   * Runs what is missing.
   *
   * @param folder of the files, below {@code db/migration}
   */
  public static void run(DataSource database, String folder) {
    Flyway.configure()
        .dataSource(database)
        .locations("classpath:db/migration/" + folder)
        .loggers("slf4j")
        .load()
        .migrate();
  }

  /**
   * For commands that only read.
   *
   * @throws StoreOpenException when something of the schema is missing
   */
  public static void requireNewest(int version) {
    if (version < NEWEST) {
      throw new StoreOpenException(
          "The database is at version %d; this program needs %d.".formatted(version, NEWEST),
          "Start the server or run \"licet migrate\" first.");
    }
  }

  private static int read(Connection connection, String findHistory) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      try (ResultSet row = statement.executeQuery(findHistory)) {
        if (!row.next()) {
          return 0;
        }
      }
      try (ResultSet row = statement.executeQuery(VERSION)) {
        return row.next() ? row.getInt(1) : 0;
      }
    }
  }
}
