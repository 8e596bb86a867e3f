package dev.licet.contract;

import dev.licet.store.Database;
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

  @AfterEach
  final void close() {
    database.close();
    backend.close();
  }
}
