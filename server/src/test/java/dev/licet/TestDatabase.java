package dev.licet;

import java.util.Map;

/** What a server under test keeps its data in. */
public enum TestDatabase {
  SQLITE {
    @Override
    Map<String, String> settings() {
      return Map.of();
    }
  },
  POSTGRESQL {
    @Override
    Map<String, String> settings() {
      return Map.of("database-url", PostgresDatabases.fresh());
    }
  };

  /** Settings that point at an empty database of this kind. */
  abstract Map<String, String> settings();
}
