package dev.licet.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Whether a SQLite file is whole. */
final class SqliteCheck {
  private SqliteCheck() {}

  /** What is wrong with it; empty when nothing is. */
  static List<String> of(Path file) throws SQLException {
    List<String> violations = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      try (ResultSet rows = statement.executeQuery("PRAGMA integrity_check")) {
        rows.next();
        if (!rows.getString(1).equals("ok")) {
          violations.add("integrity_check: " + rows.getString(1));
        }
      }
      try (ResultSet rows = statement.executeQuery("PRAGMA foreign_key_check")) {
        if (rows.next()) {
          violations.add("foreign_key_check: a row of " + rows.getString(1));
        }
      }
    }
    return violations;
  }
}
