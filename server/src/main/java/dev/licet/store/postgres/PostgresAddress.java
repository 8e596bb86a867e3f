package dev.licet.store.postgres;

import org.jspecify.annotations.Nullable;

/**
 * Where a database is, and who we are to it.
 *
 * @param jdbcUrl without user and password; its parameters go before our own
 * @param display host, port and database, for people
 */
public record PostgresAddress(
    String jdbcUrl, @Nullable String user, @Nullable String password, String display) {
  /** Shows no password. */
  @Override
  public String toString() {
    return display;
  }
}
