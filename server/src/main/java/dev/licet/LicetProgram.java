package dev.licet;

import dev.licet.cli.Program;
import dev.licet.config.Settings;
import dev.licet.config.StartupException;
import dev.licet.domain.license.KeyVault;
import dev.licet.store.Database;
import dev.licet.store.StoreOpenException;
import dev.licet.store.sqlite.SqliteDatabase;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;

/** What the command line starts. */
final class LicetProgram implements Program {
  @Override
  public Server start(Settings settings) throws StartupException {
    SecureRandom random = new SecureRandom();
    KeyVault vault = new KeyVault(ServerSecret.of(settings, random), random);
    return LicetServer.start(settings, open(settings, vault), vault);
  }

  @Override
  public MigrationReport migrate(Settings settings) throws StartupException {
    throw new StartupException("absent", "wait");
  }

  @Override
  public BackupReport backup(Settings settings, Path target) throws StartupException {
    throw new StartupException("absent", "wait");
  }

  private static Database open(Settings settings, KeyVault vault) throws StartupException {
    try {
      return SqliteDatabase.open(settings.dataDir(), vault, InstantSource.system());
    } catch (StoreOpenException e) {
      throw new StartupException(e.problem(), e.remedy(), e);
    }
  }
}
