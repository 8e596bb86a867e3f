package dev.licet.contract;

import dev.licet.SqliteFile;
import dev.licet.domain.license.KeyVault;
import dev.licet.store.Database;
import dev.licet.store.postgres.PostgresAddress;
import dev.licet.store.postgres.PostgresDatabase;
import dev.licet.store.sqlite.SqliteDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A database to test on, at first with an empty schema. */
interface Backend extends AutoCloseable {
  /** The secret of every server under test. */
  KeyVault VAULT = new KeyVault(new byte[KeyVault.SECRET_BYTES], new SecureRandom());

  InstantSource CLOCK = InstantSource.system();

  /** Opens it; what was opened before must be closed where only one may be open. */
  Database open();

  /** Whether several servers may have it open. */
  boolean isShared();

  /** A connection beside the server, to look at the tables. */
  Connection connect() throws SQLException;

  @Override
  void close();

  /** A SQLite file in a directory of its own. */
  static Backend sqlite() {
    Path directory = Directories.create();
    SqliteFile.create(directory);
    return new Backend() {
      @Override
      public Database open() {
        return SqliteDatabase.open(directory, VAULT, CLOCK);
      }

      @Override
      public boolean isShared() {
        return false;
      }

      @Override
      public Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("licet.db"));
      }

      @Override
      public void close() {
        Directories.delete(directory);
      }
    };
  }

  /**
   * A database of its own on a PostgreSQL that all suites share and that keeps what it says it did.
   */
  static Backend postgres() {
    String name = Postgres.createDatabase();
    return new Backend() {
      @Override
      public Database open() {
        return PostgresDatabase.open(Postgres.address(name), 16, VAULT, CLOCK);
      }

      @Override
      public boolean isShared() {
        return true;
      }

      @Override
      public Connection connect() throws SQLException {
        PostgresAddress address = Postgres.address(name);
        return DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
      }

      @Override
      public void close() {
        Postgres.dropDatabase(name);
      }
    };
  }

  /** Directories for tests. */
  final class Directories {
    private Directories() {}

    static Path create() {
      try {
        return Files.createTempDirectory("licet-test");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    static void delete(Path directory) {
      try (Stream<Path> files = Files.walk(directory)) {
        List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
        for (Path file : deepestFirst) {
          Files.delete(file);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
