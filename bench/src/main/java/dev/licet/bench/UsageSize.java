package dev.licet.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How large a contender's database is. */
record UsageSize(LicetContender on, @Nullable BenchPostgres postgres) {
  long bytes() throws IOException, SQLException {
    if (postgres != null) {
      return Long.parseLong(
          postgres.query("SELECT CAST(pg_database_size(current_database()) AS TEXT)"));
    }
    try (Stream<Path> files = Files.list(on.bench().data(on.name()).resolve("licet"))) {
      long bytes = 0;
      for (Path file : files.filter(it -> it.toString().endsWith(".db")).toList()) {
        bytes += Files.size(file);
      }
      return bytes;
    }
  }
}
