package dev.licet.store.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * The statements of a connection that stay prepared: to compile one takes longer than to run it.
 * They are closed with the connection. For one thread at a time.
 */
final class PreparedStatements {
  private final Connection connection;
  private final Map<String, PreparedStatement> prepared = new HashMap<>();

  PreparedStatements(Connection connection) {
    this.connection = connection;
  }

  /** Whether the statements are of this very connection. */
  @SuppressWarnings("ReferenceEquality")
  boolean areOf(Connection other) {
    return connection == other;
  }

  /** The statement of a text, prepared once. */
  PreparedStatement get(String sql) throws SQLException {
    PreparedStatement statement = prepared.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      prepared.put(sql, statement);
    }
    return statement;
  }
}
