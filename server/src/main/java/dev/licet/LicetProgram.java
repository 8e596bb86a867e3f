package dev.licet;

import dev.licet.cli.Program;
import dev.licet.config.DatabaseUrl;
import dev.licet.config.Secret;
import dev.licet.config.Settings;
import dev.licet.config.StartupException;
import dev.licet.domain.billing.Scene;
import dev.licet.domain.job.JobState;
import dev.licet.domain.license.KeyVault;
import dev.licet.geo.CountryPackage;
import dev.licet.store.Database;
import dev.licet.store.Migrated;
import dev.licet.store.PrivateFiles;
import dev.licet.store.StoreOpenException;
import dev.licet.store.postgres.PostgresAddress;
import dev.licet.store.postgres.PostgresDatabase;
import dev.licet.store.sqlite.SqliteDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What the command line starts, on the database that the settings name. */
final class LicetProgram implements Program {
  @Override
  public Server start(Settings settings) throws StartupException {
    SecureRandom random = new SecureRandom();
    KeyVault vault =
        new KeyVault(ServerSecret.of(settings, random, () -> hasSecret(settings)), random);
    Database database = opened(() -> open(settings, vault, SqliteDatabase::open));
    try {
      return LicetServer.start(settings, database, vault);
    } catch (RuntimeException e) {
      throw damage(settings, e);
    }
  }

  @Override
  public MigrationReport migrate(Settings settings) throws StartupException {
    Migrated migrated =
        opened(() ->
            settings
                .databaseUrl()
                .map(url -> PostgresDatabase.migrate(address(url)))
                .orElseGet(() -> SqliteDatabase.migrate(settings.dataDir())));
    String from = migrated.from() == 0 ? "" : Integer.toString(migrated.from());
    int applied = migrated.to() - migrated.from();
    return new MigrationReport(from, Integer.toString(migrated.to()), applied, migrated.display());
  }

  @Override
  public BackupReport backup(Settings settings, Path target) throws StartupException {
    if (settings.databaseUrl().isPresent()) {
      throw new StartupException(
          "PostgreSQL is not backed up by Licet", "Use its own pg_dump or pg_basebackup");
    }
    return new BackupReport(
        target, opened(() -> SqliteDatabase.backup(settings.dataDir(), target)));
  }

  @Override
  public List<AuditReport> verifyAudit(Settings settings) throws StartupException {
    KeyVault vault = vaultOfDatabase(settings);
    return read(
            settings,
            () ->
                settings
                    .databaseUrl()
                    .map(url -> PostgresDatabase.verifyAudit(address(url), vault))
                    .orElseGet(() -> SqliteDatabase.verifyAudit(settings.dataDir(), vault)))
        .stream()
        .map(chain ->
            new AuditReport(
                chain.account(), chain.rows(), chain.lastTag(), Optional.ofNullable(chain.fault())))
        .toList();
  }

  @Override
  public List<JobState> jobs(Settings settings) throws StartupException {
    KeyVault vault = vaultOfDatabase(settings);
    try (Database database = opened(() -> open(settings, vault, SqliteDatabase::openBeside))) {
      return read(settings, () -> database.transactions().read(stores -> stores.jobs().all()));
    }
  }

  @Override
  public GeoipReport installGeoip(Settings settings) throws StartupException {
    Path file = GeoWork.installed(settings);
    try {
      PrivateFiles.createDirectories(settings.dataDir());
      CountryPackage.Installed installed =
          new CountryPackage(settings.geoip().registry()).install(file);
      return new GeoipReport(file, installed.version(), installed.bytes());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartupException("Interrupted", "Try again", e);
    } catch (IOException e) {
      throw new StartupException(
          "The table of countries cannot be installed: " + e.getMessage(),
          "Name another registry by --geoip-registry, or set geoip.database to a file of your own",
          e);
    }
  }

  @Override
  public SimulatedMessage simulate(String provider, Scene scene, String secret)
      throws StartupException {
    return Simulations.of(provider, scene, secret);
  }

  @Override
  public void onAccounts(Settings settings, OfficeWork work) throws StartupException {
    requireDatabase(settings);
    SecureRandom random = new SecureRandom();
    KeyVault vault =
        new KeyVault(ServerSecret.of(settings, random, () -> hasSecret(settings)), random);
    Database database = opened(() -> open(settings, vault, SqliteDatabase::openBeside));
    try (AccountDesk desk = AccountDesk.open(settings, database, vault)) {
      work.run(desk);
    } catch (RuntimeException e) {
      throw damage(settings, e);
    }
  }

  private static KeyVault vaultOfDatabase(Settings settings) throws StartupException {
    SecureRandom random = new SecureRandom();
    requireDatabase(settings);
    if (!hasSecret(settings)) {
      throw new StartupException(
          "There is no database that a server has written to",
          "Name it by --data-dir or --database-url");
    }
    return new KeyVault(ServerSecret.of(settings, random, () -> true), random);
  }

  /** A way to open the SQLite database of a directory. */
  private interface SqliteOpening {
    SqliteDatabase open(Path directory, KeyVault vault, InstantSource clock);
  }

  /** For commands that are about what is there: a wrong directory is to be told, not filled. */
  private static void requireDatabase(Settings settings) throws StartupException {
    opened(() -> {
      settings
          .databaseUrl()
          .ifPresentOrElse(
              url -> PostgresDatabase.require(address(url)),
              () -> SqliteDatabase.require(settings.dataDir()));
      return true;
    });
  }

  private static boolean hasSecret(Settings settings) throws StartupException {
    return opened(() ->
        settings
            .databaseUrl()
            .map(url -> PostgresDatabase.hasSecret(address(url)))
            .orElseGet(() -> SqliteDatabase.hasSecret(settings.dataDir())));
  }

  private static Database open(Settings settings, KeyVault vault, SqliteOpening sqlite) {
    InstantSource clock = InstantSource.system();
    return settings
        .databaseUrl()
        .<Database>map(
            url -> PostgresDatabase.open(address(url), settings.databasePoolSize(), vault, clock))
        .orElseGet(() -> sqlite.open(settings.dataDir(), vault, clock));
  }

  private static PostgresAddress address(DatabaseUrl url) {
    return new PostgresAddress(
        url.jdbcUrl(),
        url.user().orElse(null),
        url.password().map(Secret::reveal).orElse(null),
        url.display());
  }

  /** Reads from a database that is open, and may turn out to be damaged. */
  private static <T> T read(Settings settings, Supplier<T> reading) throws StartupException {
    try {
      return opened(reading);
    } catch (RuntimeException e) {
      throw damage(settings, e);
    }
  }

  /** What to say of a fault when a damaged file is behind it; throws all others again. */
  private static StartupException damage(Settings settings, RuntimeException fault) {
    StoreOpenException damage =
        settings.databaseUrl().isPresent()
            ? null
            : SqliteDatabase.damage(settings.dataDir(), fault);
    if (damage == null) {
      throw fault;
    }
    return new StartupException(damage.problem(), damage.remedy(), fault);
  }

  private static <T> T opened(Supplier<T> opening) throws StartupException {
    try {
      return opening.get();
    } catch (StoreOpenException e) {
      throw new StartupException(e.problem(), e.remedy(), e);
    }
  }
}
