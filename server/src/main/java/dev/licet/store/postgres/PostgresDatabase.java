package dev.licet.store.postgres;

import dev.licet.domain.DatabaseState;
import dev.licet.domain.StoreUnavailableException;
import dev.licet.domain.Transactions;
import dev.licet.domain.audit.ChainReport;
import dev.licet.domain.delivery.DeliveryQueue;
import dev.licet.domain.event.ChangeListener;
import dev.licet.domain.license.KeyVault;
import dev.licet.domain.usage.FoldStore;
import dev.licet.domain.usage.JournalStore;
import dev.licet.domain.validation.SnapshotSource;
import dev.licet.store.Database;
import dev.licet.store.Migrated;
import dev.licet.store.StoreOpenException;
import dev.licet.store.sql.AuditVerifier;
import dev.licet.store.sql.ChangeHub;
import dev.licet.store.sql.Migrations;
import dev.licet.store.sql.SqlDeliveryQueue;
import dev.licet.store.sql.SqlFoldStore;
import dev.licet.store.sql.SqlTransactions;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** A PostgreSQL database, which several servers may share. */
public final class PostgresDatabase implements Database {
  /** Whether the database is a standby. */
  private static final String IN_RECOVERY = "SELECT pg_is_in_recovery()";

  /** Nobody waits for a slice of the fold, but it takes a processor while it is written. */
  private static final Duration SLICE = Duration.ofMillis(10);

  private final PostgresAddress address;
  private final PostgresSessions sessions;
  private final PostgresJournal journal;
  private final PostgresChanges changes;
  private final PostgresWatch watch;
  private final DatabaseState state;
  private final ChangeHub hub = new ChangeHub();
  private final Transactions transactions;
  private final SnapshotSource snapshots;
  private final FoldStore fold;
  private final DeliveryQueue deliveries;

  private PostgresDatabase(
      PostgresAddress address,
      PostgresConnections connections,
      int poolSize,
      KeyVault vault,
      InstantSource clock) {
    this.address = address;
    sessions = new PostgresSessions(connections, poolSize);
    PostgresPartitions partitions = new PostgresPartitions();
    journal = new PostgresJournal(sessions, connections, partitions, clock);
    changes = new PostgresChanges(connections, hub);
    watch = new PostgresWatch(connections, changes);
    state = connections.state();
    transactions = new SqlTransactions(sessions, PostgresDialect.DIALECT, vault, clock, hub);
    snapshots = new PostgresSnapshots(sessions.readers(), vault, clock);
    fold = new SqlFoldStore(sessions, new PostgresDeltaWriter(partitions), true, SLICE, clock);
    deliveries = new SqlDeliveryQueue(sessions, vault);
  }

  /**
   * Connects to a database and brings its schema up to date.
   *
   * @param poolSize connections for transactions; the journal and the change feed have their own
   * @throws StoreOpenException when it cannot be reached or used, or a newer program made it
   */
  public static PostgresDatabase open(
      PostgresAddress address, int poolSize, KeyVault vault, InstantSource clock) {
    PostgresConnections connections = new PostgresConnections(address);
    PostgresSchema.bringUpToDate(connections, address);
    PostgresDatabase database = new PostgresDatabase(address, connections, poolSize, vault, clock);
    try {
      database.sessions.write(RestoredEvents::adopt);
      database.changes.start();
      database.watch.start();
      return database;
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /**
   * Brings the schema up to date without serving from it.
   *
   * @throws StoreOpenException as {@link #open}
   */
  public static Migrated migrate(PostgresAddress address) {
    int from = PostgresSchema.bringUpToDate(new PostgresConnections(address), address);
    return new Migrated(from, Migrations.NEWEST, display(address));
  }

  /**
   * Checks the audit log, even while servers write to it.
   *
   * @throws StoreOpenException when the database cannot be used, is not at this version, or has
   *     another secret
   */
  public static List<ChainReport> verifyAudit(PostgresAddress address, KeyVault vault) {
    PostgresConnections connections = new PostgresConnections(address);
    Migrations.requireNewest(PostgresSchema.version(connections, address));
    try (PostgresSessions sessions = new PostgresSessions(connections, 2)) {
      return sessions.read(handle -> AuditVerifier.verify(handle, vault));
    }
  }

  /**
   * Whether it is a database whose keys belong to a secret. Changes nothing.
   *
   * @throws StoreOpenException when it cannot be reached or used, or a newer program made it
   */
  public static boolean hasSecret(PostgresAddress address) {
    return PostgresSchema.hasSecret(new PostgresConnections(address), address);
  }

  /**
   * Sees to it that it is a database of this program. Changes nothing.
   *
   * @throws StoreOpenException when it is not, or as {@link #hasSecret}
   */
  public static void require(PostgresAddress address) {
    if (PostgresSchema.version(new PostgresConnections(address), address) == 0) {
      throw new StoreOpenException(
          "The database at " + address + " is not one of Licet.",
          "Name the server's database by --database-url.");
    }
  }

  @Override
  public DatabaseState state() {
    return state;
  }

  @Override
  public Transactions transactions() {
    return transactions;
  }

  @Override
  public SnapshotSource snapshots() {
    return snapshots;
  }

  @Override
  public JournalStore journal() {
    return journal;
  }

  @Override
  public FoldStore fold() {
    return fold;
  }

  @Override
  public DeliveryQueue deliveries() {
    return deliveries;
  }

  @Override
  public void addListener(ChangeListener listener) {
    hub.add(listener);
  }

  @Override
  public String display() {
    return display(address);
  }

  private static String display(PostgresAddress address) {
    return "PostgreSQL, " + address.display();
  }

  @Override
  public void check() {
    boolean standby =
        sessions.write(handle -> handle.createQuery(IN_RECOVERY).mapTo(Boolean.class).one());
    if (standby) {
      throw new StoreUnavailableException("the database is a standby", new SQLException());
    }
  }

  @Override
  public void close() {
    watch.close();
    changes.close();
    journal.close();
    sessions.close();
  }
}
