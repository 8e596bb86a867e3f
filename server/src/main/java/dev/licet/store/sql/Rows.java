package dev.licet.store.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Values between rows and the domain. */
final class Rows {
  private Rows() {}

  static Instant instant(ResultSet row, String column) throws SQLException {
    return Instant.ofEpochMilli(row.getLong(column));
  }

  static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }

  static @Nullable Integer intOrNull(ResultSet row, String column) throws SQLException {
    int value = row.getInt(column);
    return row.wasNull() ? null : value;
  }

  static @Nullable Long longOrNull(ResultSet row, String column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? null : value;
  }

  static boolean flag(ResultSet row, String column) throws SQLException {
    return row.getInt(column) != 0;
  }

  /** Finds a text anywhere: for {@code LIKE} with {@code ESCAPE '!'}. */
  static String anywhere(String text) {
    return "%" + text.replaceAll("([%_!])", "!$1") + "%";
  }

  static @Nullable Long millis(@Nullable Instant instant) {
    return instant == null ? null : instant.toEpochMilli();
  }

  /** Runs a statement that deletes at most {@code :limit} rows from {@code :before}. */
  static int deleteOldest(Handle handle, String delete, Instant before, int limit) {
    return handle
        .createUpdate(delete)
        .bind("before", before.toEpochMilli())
        .bind("limit", limit)
        .execute();
  }

  static int flag(boolean value) {
    return value ? 1 : 0;
  }

  static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }

  /** A JSON list, which a statement reads as {@code <in_nos>}. */
  static String list(Collection<Long> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]"));
  }
}
