package dev.licet;

import dev.licet.cli.Program;
import dev.licet.config.Settings;
import dev.licet.config.StartupException;
import dev.licet.domain.account.Account;
import dev.licet.domain.account.Accounts;
import dev.licet.domain.account.Installation;
import dev.licet.domain.account.OperatorKeys;
import dev.licet.domain.id.Ids;
import dev.licet.domain.license.KeyVault;
import dev.licet.domain.license.Licenses;
import dev.licet.domain.plan.Plans;
import dev.licet.http.api.AccountExport;
import dev.licet.store.Database;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** The accounts of a database, without a server. */
final class AccountDesk implements Program.AccountOffice, AutoCloseable {
  private static final String EXPORTS = "exports";

  private final Database database;
  private final Accounts accounts;
  private final OperatorKeys operatorKeys;
  private final AccountExports exports;

  private AccountDesk(
      Database database, Accounts accounts, OperatorKeys operatorKeys, AccountExports exports) {
    this.database = database;
    this.accounts = accounts;
    this.operatorKeys = operatorKeys;
    this.exports = exports;
  }

  /**
   * Takes over a database; closes it if it cannot be used.
   *
   * @throws StartupException when the secret is not the database's
   */
  static AccountDesk open(Settings settings, Database database, KeyVault vault)
      throws StartupException {
    SecureRandom random = new SecureRandom();
    InstantSource clock = InstantSource.system();
    Ids ids = new Ids(clock, new SplittableRandom(random.nextLong()));
    try {
      confirmSecret(new Installation(database.transactions(), ids, clock), vault);
      return new AccountDesk(
          database,
          new Accounts(
              database.transactions(), ids, random, clock, settings.accountDeletionGrace()),
          new OperatorKeys(database.transactions(), ids, random, clock),
          exports(settings, database, clock));
    } catch (StartupException | RuntimeException e) {
      database.close();
      throw e;
    }
  }

  static void confirmSecret(Installation installation, KeyVault vault) throws StartupException {
    if (!installation.confirmSecret(vault)) {
      throw new StartupException(
          "The database was written with another secret",
          "Set LICET_SECRET or LICET_SECRET_FILE to the one that its first node has");
    }
  }

  /** Writes accounts of the database to the data directory. */
  static AccountExports exports(Settings settings, Database database, InstantSource clock) {
    return new AccountExports(
        new AccountExport(
            new Plans(database.transactions(), clock),
            new Licenses(database.transactions(), clock),
            clock),
        settings.dataDir().resolve(EXPORTS),
        clock);
  }

  @Override
  public Accounts accounts() {
    return accounts;
  }

  @Override
  public OperatorKeys operatorKeys() {
    return operatorKeys;
  }

  @Override
  public Path export(Account account, @Nullable Path file) throws StartupException {
    return exports.write(account, file);
  }

  @Override
  public void close() {
    database.close();
  }
}
