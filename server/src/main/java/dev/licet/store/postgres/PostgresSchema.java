package dev.licet.store.postgres;

import dev.licet.store.StoreOpenException;
import dev.licet.store.sql.Migrations;
import dev.licet.store.sql.SecretMark;
import dev.licet.store.sql.Sessions;
import java.sql.Connection;
import java.sql.SQLException;
import org.flywaydb.core.api.FlywayException;

/**
 * Brings a database's schema up to date; servers that start at the same time wait for each other.
 */
final class PostgresSchema {
  private static final String FIND_HISTORY =
      "SELECT 1 WHERE to_regclass('flyway_schema_history') IS NOT NULL";

  private static final int OLDEST_SERVER = 15;

  private PostgresSchema() {}

  /** Runs what is missing and says which version it found. */
  static int bringUpToDate(PostgresConnections connections, PostgresAddress address) {
    int found = version(connections, address);
    if (found == Migrations.NEWEST) {
      return found;
    }
    try {
      Migrations.run(connections.plain(), "postgres");
      return found;
    } catch (FlywayException e) {
      throw new StoreOpenException(
          "The schema of " + address + " could not be brought up to date: " + e.getMessage(),
          "See whether the user may create tables there; the database is as it was before.",
          e);
    }
  }

  /** Whether a server has left the mark of its secret; changes nothing. */
  static boolean hasSecret(PostgresConnections connections, PostgresAddress address) {
    return ask(connections, address, connection -> SecretMark.isThere(connection, FIND_HISTORY));
  }

  /** The version that a schema is at; 0 when it is new. */
  static int version(PostgresConnections connections, PostgresAddress address) {
    return ask(connections, address, connection -> Migrations.version(connection, FIND_HISTORY));
  }

  private static <T> T ask(
      PostgresConnections connections, PostgresAddress address, Sessions.JdbcWork<T> question) {
    try (Connection connection = connections.open()) {
      int server = connection.getMetaData().getDatabaseMajorVersion();
      if (server < OLDEST_SERVER) {
        throw new StoreOpenException(
            "The database at " + address + " is PostgreSQL " + server + ".",
            "Licet needs PostgreSQL " + OLDEST_SERVER + " or later.");
      }
      return question.run(connection);
    } catch (SQLException e) {
      throw new StoreOpenException(
          "PostgreSQL at " + address + " cannot be used: " + e.getMessage() + ".",
          "See whether it runs, and whether --database-url names it, its user and its password.",
          e);
    }
  }
}
