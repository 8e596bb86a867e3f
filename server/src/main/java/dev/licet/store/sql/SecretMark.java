package dev.licet.store.sql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The mark that the first server leaves in a database: its keys belong to a secret from then on.
 */
public final class SecretMark {
  private static final String FIND = "SELECT 1 FROM installation WHERE name = 'secret_fingerprint'";

  private SecretMark() {}

  /**
   * Whether it is there.
   *
   * @param findHistory as in {@link Migrations#version}
   */
  public static boolean isThere(Connection connection, String findHistory) throws SQLException {
    if (Migrations.version(connection, findHistory) == 0) {
      return false;
    }
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(FIND)) {
      return row.next();
    }
  }
}
