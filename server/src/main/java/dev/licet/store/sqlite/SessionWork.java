package dev.licet.store.sqlite;

import java.sql.SQLException;

/** Something to do with a session. */
interface SessionWork<T> {
  T run(SqliteSession session) throws SQLException;
}
