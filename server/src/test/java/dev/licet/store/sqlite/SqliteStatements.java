package dev.licet.store.sqlite;

import java.nio.file.Path;
import org.jdbi.v3.core.Jdbi;

/** Runs statements on SQLite as the program does, for tests of what they come to. */
public final class SqliteStatements {
  private SqliteStatements() {}

  /** Statements on the database in a folder, written in the dialect of SQLite. */
  public static Jdbi on(Path folder) {
    Jdbi jdbi = Jdbi.create("jdbc:sqlite:" + folder.resolve("licet.db"));
    SqliteDialect.DIALECT.configure(jdbi);
    return jdbi;
  }
}
