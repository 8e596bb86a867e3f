package dev.licet;

import java.nio.file.Path;
import java.util.Map;

/** What a server under test keeps its data in. */
public enum TestDatabase {
  SQLITE {
    @Override
    Map<String, String> settings(Path directory) {
      SqliteFile.create(directory);
      return Map.of();
    }
  },
  POSTGRESQL {
    @Override
    Map<String, String> settings(Path directory) {
      return Map.of("database-url", PostgresDatabases.fresh());
    }
  };

  /**
   * Settings that point at a new database of this kind, whose schema is there and empty.
   *
   * @param directory the server's data directory
   */
  abstract Map<String, String> settings(Path directory);
}
