package dev.licet.store.sqlite;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Something to do with a session. */
interface SessionWork<T extends @Nullable Object> {
  T run(SqliteSession session) throws SQLException;
}
