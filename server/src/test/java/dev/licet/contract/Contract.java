package dev.licet.contract;

import dev.licet.store.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A suite over one open database. */
abstract class Contract {
  Backend backend;
  Database database;
  Fixture fixture;

  abstract Backend backend();

  @BeforeEach
  final void open() {
    backend = backend();
    reopen();
  }

  /** Opens the database, anew if it was open. */
  final void reopen() {
    if (database != null) {
      database.close();
    }
    database = backend.open();
    fixture = new Fixture(database);
  }

  /** How many rows a table has, or a part of one: what stands after FROM. */
  final long count(String from) throws SQLException {
    try (Connection connection = backend.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT COUNT(*) FROM " + from)) {
      row.next();
      return row.getLong(1);
    }
  }

  @AfterEach
  final void close() {
    database.close();
    backend.close();
  }
}
