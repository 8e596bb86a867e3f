package dev.licet.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.licet.store.sql.Migrations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of migrations and what the program knows of them. */
class MigrationsTest {
  private static final Path FOLDER = Path.of("src", "main", "resources", "db", "migration");

  @ParameterizedTest
  @ValueSource(strings = {"sqlite", "postgres"})
  void filesAreNumberedUpToTheNewest(String dialect) throws IOException {
    try (Stream<Path> files = Files.list(FOLDER.resolve(dialect))) {
      List<Integer> versions =
          files
              .map(file -> Integer.valueOf(file.getFileName().toString().substring(1, 4)))
              .sorted()
              .toList();
      assertEquals(
          Stream.iterate(1, version -> version + 1).limit(Migrations.NEWEST).toList(), versions);
    }
  }
}
