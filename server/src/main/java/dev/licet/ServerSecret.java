package dev.licet;

import dev.licet.config.Settings;
import dev.licet.config.StartupException;
import dev.licet.domain.license.KeyVault;
import dev.licet.store.PrivateFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The server's secret, from which the licence keys at rest are derived: from the settings, from a
 * file that they name, or from one in the data directory that is made once, together with the
 * database.
 */
final class ServerSecret {
  private static final String FILE = "licet.secret";
  private static final long MAX_FILE_BYTES = 1_024;

  private ServerSecret() {}

  /** Looks at the database before there is a secret. */
  interface Look {
    /** Whether its keys belong to a secret already. */
    boolean hasSecret() throws StartupException;
  }

  /**
   * Finds it, or makes one where the database has none yet; {@value KeyVault#SECRET_BYTES} bytes.
   *
   * @throws StartupException when it cannot be read or written, is no such secret, or is missing
   */
  static byte[] of(Settings settings, SecureRandom random, Look database) throws StartupException {
    if (settings.secret().isPresent()) {
      return decode(settings.secret().get().reveal(), "LICET_SECRET");
    }
    if (settings.secretFile().isPresent()) {
      return read(settings.secretFile().get());
    }
    Path file = settings.dataDir().resolve(FILE);
    if (Files.exists(file)) {
      return read(file);
    }
    if (database.hasSecret()) {
      throw new StartupException(
          "The database was written with a secret, and " + file + " is missing",
          "Put that file back, or set LICET_SECRET or LICET_SECRET_FILE to the same secret");
    }
    return make(settings.dataDir(), file, random);
  }

  private static byte[] make(Path directory, Path file, SecureRandom random)
      throws StartupException {
    byte[] secret = new byte[KeyVault.SECRET_BYTES];
    random.nextBytes(secret);
    String line = Base64.getEncoder().encodeToString(secret) + "\n";
    try {
      PrivateFiles.createDirectories(directory);
      PrivateFiles.create(directory, FILE, line.getBytes(StandardCharsets.US_ASCII));
      return secret;
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(directory)) {
        throw new StartupException(
            "The data directory " + directory + " is a file",
            "Choose a directory with --data-dir",
            e);
      }
      return read(file); // another process was first
    } catch (IOException e) {
      throw new StartupException(
          "The secret cannot be written to " + file,
          "Make the data directory writable, or set LICET_SECRET",
          e);
    }
  }

  private static byte[] read(Path file) throws StartupException {
    try {
      if (Files.size(file) > MAX_FILE_BYTES) {
        throw notASecret(file.toString());
      }
      return decode(Files.readString(file, StandardCharsets.ISO_8859_1), file.toString());
    } catch (IOException e) {
      throw new StartupException(
          "The secret cannot be read from " + file,
          "Let Licet read the file, or name another one",
          e);
    }
  }

  private static byte[] decode(String text, String where) throws StartupException {
    try {
      byte[] secret = Base64.getDecoder().decode(text.strip());
      if (secret.length == KeyVault.SECRET_BYTES) {
        return secret;
      }
    } catch (IllegalArgumentException e) {
      // said below, without the text
    }
    throw notASecret(where);
  }

  private static StartupException notASecret(String where) {
    return new StartupException(
        where + " does not hold a secret",
        "It has to be 32 random bytes in base64, as \"openssl rand -base64 32\" makes them");
  }
}
