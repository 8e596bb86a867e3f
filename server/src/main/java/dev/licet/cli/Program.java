package dev.licet.cli;

import dev.licet.config.Settings;
import dev.licet.config.StartupException;
import dev.licet.domain.account.Account;
import dev.licet.domain.account.Accounts;
import dev.licet.domain.account.OperatorKeys;
import dev.licet.domain.billing.Scene;
import dev.licet.domain.job.JobState;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the commands need of the rest of the program. */
public interface Program {
  /** Starts a server; returns when it answers. */
  Server start(Settings settings) throws StartupException;

  /** Brings the database to this version of the program. */
  MigrationReport migrate(Settings settings) throws StartupException;

  /** Copies a SQLite database, consistently, even while it is in use. */
  BackupReport backup(Settings settings, Path target) throws StartupException;

  /**
   * Checks the audit log of every account, also beside a running server.
   *
   * @throws StartupException when there is no database at this version, or it has another secret
   */
  List<AuditReport> verifyAudit(Settings settings) throws StartupException;

  /**
   * The recurring work of an installation and how it stands, by name, also beside a running server.
   *
   * @throws StartupException as {@link #verifyAudit}
   */
  List<JobState> jobs(Settings settings) throws StartupException;

  /**
   * Fetches the table of countries into the data directory.
   *
   * @throws StartupException when it is not to be had
   */
  GeoipReport installGeoip(Settings settings) throws StartupException;

  /**
   * A message as a provider would send it.
   *
   * @param secret what the provider signs with
   * @throws StartupException when there is no such provider, or it has no such event
   */
  SimulatedMessage simulate(String provider, Scene scene, String secret) throws StartupException;

  /**
   * Runs a command on the accounts of a database; a server may have it open.
   *
   * @throws StartupException when there is no database, or it cannot be used
   */
  void onAccounts(Settings settings, OfficeWork work) throws StartupException;

  /** What a command does with accounts. */
  interface OfficeWork {
    void run(AccountOffice office) throws StartupException;
  }

  /** The accounts of an installation. */
  interface AccountOffice {
    Accounts accounts();

    OperatorKeys operatorKeys();

    /**
     * Writes what an account has to a file.
     *
     * @param file one that does not exist; {@code null} for a new one in the data directory
     * @return the file
     */
    Path export(Account account, @Nullable Path file) throws StartupException;
  }

  /**
   * A message that no provider sent.
   *
   * @param session what the buyer's browser knows the order by
   */
  record SimulatedMessage(String body, Map<String, String> headers, String session) {}

  /** A server that answers. */
  interface Server extends AutoCloseable {
    /** Where it listens, such as {@code http://127.0.0.1:8080}. */
    URI address();

    /** Such as "SQLite, data/licet.db" or "PostgreSQL, host:port/db"; never a password. */
    String database();

    /** The first API key; present only on the very first start of a database. */
    Optional<String> firstApiKey();

    /** The first operator key; present only on the start that made it. */
    Optional<String> firstOperatorKey();

    /** Finishes requests in flight (bounded to 8 s), flushes, closes. Again: does nothing. */
    @Override
    void close();
  }

  /**
   * What a migration did.
   *
   * @param from the database's version before, empty if it was new
   * @param to its version now
   * @param applied how many migrations were applied; 0: it was up to date
   * @param database as in {@link Server#database}
   */
  record MigrationReport(String from, String to, int applied, String database) {}

  /**
   * What a check of an account's audit log found.
   *
   * @param rows how many rows fit, counted from the first
   * @param lastTag the tag of the last of them
   * @param fault what is wrong with the next one, if anything is
   */
  record AuditReport(String account, long rows, byte[] lastTag, Optional<String> fault) {}

  /**
   * The table of countries that was installed.
   *
   * @param bytes the file's size
   */
  record GeoipReport(Path file, String version, long bytes) {}

  /**
   * What a backup wrote.
   *
   * @param bytes the file's size
   */
  record BackupReport(Path file, long bytes) {}
}
