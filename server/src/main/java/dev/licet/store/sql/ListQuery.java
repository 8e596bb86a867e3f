package dev.licet.store.sql;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** A SELECT with the conditions that somebody asks for, and no others. */
final class ListQuery {
  private final StringBuilder sql;
  private final Map<String, Object> values = new LinkedHashMap<>();

  ListQuery(String start) {
    sql = new StringBuilder(start);
  }

  ListQuery add(String text) {
    sql.append(text);
    return this;
  }

  ListQuery bind(String name, Object value) {
    values.put(name, value);
    return this;
  }

  /** Adds a condition, unless its value does not matter. */
  ListQuery and(String condition, String name, @Nullable Object value) {
    if (value != null) {
      sql.append("AND ").append(condition).append('\n');
      values.put(name, value);
    }
    return this;
  }

  Query on(Handle handle) {
    Query query = handle.createQuery(sql.toString());
    values.forEach(query::bind);
    return query;
  }
}
