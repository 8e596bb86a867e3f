package dev.licet;

import dev.licet.config.StartupException;
import dev.licet.domain.account.Account;
import dev.licet.http.api.AccountExport;
import dev.licet.store.PrivateFiles;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Writes accounts to files that their owner alone may read. */
final class AccountExports {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssSSS'Z'").withZone(ZoneOffset.UTC);

  private final AccountExport export;
  private final Path directory;
  private final InstantSource clock;

  /**
   * @param directory where files are made that nobody named
   */
  AccountExports(AccountExport export, Path directory, InstantSource clock) {
    this.export = export;
    this.directory = directory;
    this.clock = clock;
  }

  /**
   * Writes an account.
   *
   * @param file one that does not exist; {@code null} for a new one in the directory
   * @return the file
   * @throws StartupException when it cannot be written
   */
  Path write(Account account, @Nullable Path file) throws StartupException {
    Path target = file == null ? unnamed(account) : file;
    try {
      if (file == null) {
        PrivateFiles.createDirectories(directory);
      }
      PrivateFiles.create(target);
      try (OutputStream out =
          new BufferedOutputStream(Files.newOutputStream(target, StandardOpenOption.WRITE))) {
        export.write(account, out);
      }
      return target;
    } catch (IOException | UncheckedIOException e) {
      throw new StartupException(
          "The account cannot be written to " + target,
          "Name another file, which must not exist",
          e);
    }
  }

  private Path unnamed(Account account) {
    return directory.resolve(account.id() + "-" + STAMP.format(clock.instant()) + ".ndjson");
  }
}
