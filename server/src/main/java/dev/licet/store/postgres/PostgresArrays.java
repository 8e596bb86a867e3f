package dev.licet.store.postgres;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;

/** Arrays to bind: of primitives they travel in binary form. */
final class PostgresArrays {
  private PostgresArrays() {}

  static Array of(Connection connection, long[] values) throws SQLException {
    return connection.unwrap(PGConnection.class).createArrayOf("int8", values);
  }
}
