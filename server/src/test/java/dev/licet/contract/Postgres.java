package dev.licet.contract;

import dev.licet.PostgresDatabases;
import dev.licet.store.postgres.PostgresAddress;

/** Databases of the embedded PostgreSQL, as a store takes them. */
final class Postgres {
  private Postgres() {}

  static String createDatabase() {
    return PostgresDatabases.create();
  }

  static void dropDatabase(String name) {
    PostgresDatabases.drop(name);
  }

  static PostgresAddress address(String name) {
    String location = PostgresDatabases.location(name);
    return new PostgresAddress("jdbc:postgresql://" + location, "postgres", "postgres", location);
  }
}
