package dev.licet;

import dev.licet.store.sqlite.SqliteDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A SQLite database with an empty schema of the newest version, for whoever asks. */
public final class SqliteFile {
  private static final String NAME = "licet.db";

  private SqliteFile() {}

  /** The file that others are copies of, made at the first use; the JVM's end removes it. */
  private static final class Template {
    static final Path FILE = make();

    private static Path make() {
      TemporaryDirectory directory = TemporaryDirectory.create();
      Runtime.getRuntime().addShutdownHook(new Thread(directory::close));
      SqliteDatabase.migrate(directory.path());
      return directory.path().resolve(NAME);
    }
  }

  /** Puts one into a directory. */
  public static void create(Path directory) {
    try {
      Files.copy(Template.FILE, directory.resolve(NAME), StandardCopyOption.COPY_ATTRIBUTES);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
