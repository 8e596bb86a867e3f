package dev.licet.store.sqlite;

import dev.licet.domain.DatabaseState;
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
import dev.licet.store.sql.ReportRoom;
import dev.licet.store.sql.SqlDeliveryQueue;
import dev.licet.store.sql.SqlFoldStore;
import dev.licet.store.sql.SqlTransactions;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The embedded database of one server: {@code licet.db} in its data directory. */
public final class SqliteDatabase implements Database {
  private static final System.Logger LOG = System.getLogger(SqliteDatabase.class.getName());

  /** How long validations may wait for a slice of the fold, which has the only writer. */
  private static final Duration SLICE = Duration.ofMillis(2);

  /** Reports and lists that may be read at once. */
  private static final int READERS = 4;

  private final Path file;
  private final @Nullable FileChannel lock;
  private final SqliteWriter writer;
  private final SqliteReaders readers;

  /** Of validations alone, which no report may hold up. */
  private final SqliteReaders snapshotReader;

  private final SqliteCheckpointer checkpointer;
  private final SqliteChangePoller poller;
  private final DatabaseState state = new DatabaseState();
  private final ChangeHub hub = new ChangeHub();
  private final Transactions transactions;
  private final SnapshotSource snapshots;
  private final JournalStore journal;
  private final FoldStore fold;
  private final DeliveryQueue deliveries;

  private SqliteDatabase(
      Path file, @Nullable FileChannel lock, KeyVault vault, InstantSource clock) {
    this.file = file;
    this.lock = lock;
    writer = new SqliteWriter(file, lock == null ? SqlitePragmas.COMMAND : SqlitePragmas.WRITER);
    readers = new SqliteReaders(file, READERS);
    snapshotReader = new SqliteReaders(file, 1);
    checkpointer = new SqliteCheckpointer(file, writer);
    poller = new SqliteChangePoller(writer, readers, hub);
    SqliteSessions sessions = new SqliteSessions(writer, readers, new ReportRoom(READERS));
    transactions = new SqlTransactions(sessions, SqliteDialect.DIALECT, vault, clock, hub);
    snapshots = new SqliteSnapshots(snapshotReader, vault, clock);
    journal = new SqliteJournal(writer, readers, clock);
    fold = new SqlFoldStore(sessions, new SqliteDeltaWriter(), false, SLICE, clock);
    deliveries = new SqlDeliveryQueue(sessions, vault);
  }

  /**
   * Opens the database in a directory, making both where they are missing, and brings its schema up
   * to date.
   *
   * @throws StoreOpenException when the directory cannot be written, another server has it, or a
   *     newer program made the database
   */
  public static SqliteDatabase open(Path directory, KeyVault vault, InstantSource clock) {
    SqliteFiles files = new SqliteFiles(directory);
    files.create();
    FileChannel lock = files.tryLock();
    if (lock == null) {
      throw inUse(directory);
    }
    return open(files, lock, vault, clock);
  }

  /**
   * Opens the database in a directory for a command. A server that has the directory is in the way
   * only when the schema is not up to date; it hears of what the command changes within a second.
   *
   * @throws StoreOpenException as {@link #open}
   */
  public static SqliteDatabase openBeside(Path directory, KeyVault vault, InstantSource clock) {
    SqliteFiles files = new SqliteFiles(directory);
    files.create();
    FileChannel lock = files.tryLock();
    if (lock != null) {
      return open(files, lock, vault, clock);
    }
    if (SqliteSchema.version(files.database()) < Migrations.NEWEST) {
      throw inUse(directory);
    }
    return new SqliteDatabase(files.database(), null, vault, clock);
  }

  private static SqliteDatabase open(
      SqliteFiles files, FileChannel lock, KeyVault vault, InstantSource clock) {
    try {
      SqliteSchema.bringUpToDate(files.database());
      SqliteDatabase database = new SqliteDatabase(files.database(), lock, vault, clock);
      database.poller.start();
      database.checkpointer.start();
      return database;
    } catch (RuntimeException e) {
      release(lock);
      throw e;
    }
  }

  /**
   * Brings the schema up to date without serving from it.
   *
   * @throws StoreOpenException as {@link #open}; a server that has the directory is in the way only
   *     when something is missing
   */
  public static Migrated migrate(Path directory) {
    SqliteFiles files = new SqliteFiles(directory);
    files.create();
    int from = SqliteSchema.version(files.database());
    if (from < Migrations.NEWEST) {
      FileChannel lock = files.tryLock();
      if (lock == null) {
        throw inUse(directory);
      }
      try {
        SqliteSchema.bringUpToDate(files.database());
      } finally {
        release(lock);
      }
    }
    return new Migrated(from, Migrations.NEWEST, display(files.database()));
  }

  /**
   * Whether a directory has a database whose keys belong to a secret. Makes nothing.
   *
   * @throws StoreOpenException when what is there cannot be read
   */
  public static boolean hasSecret(Path directory) {
    SqliteFiles files = new SqliteFiles(directory);
    files.requireDirectory();
    return Files.exists(files.database()) && SqliteSchema.hasSecret(files.database());
  }

  /**
   * Sees to it that a directory has a database. Makes nothing.
   *
   * @throws StoreOpenException when there is none, or what is there cannot be read
   */
  public static void require(Path directory) {
    SqliteFiles files = new SqliteFiles(directory);
    files.requireDatabase();
    if (SqliteSchema.look(files.database()) == 0) {
      throw files.noDatabase();
    }
  }

  /**
   * What to say of a fault that damage to a directory's database is behind.
   *
   * @return null when something else is
   */
  public static @Nullable StoreOpenException damage(Path directory, RuntimeException fault) {
    return SqliteFaults.damage(new SqliteFiles(directory).database(), fault);
  }

  /**
   * Copies the database of a directory, consistently, even while a server writes to it.
   *
   * @param target a file that does not exist
   * @return its size in bytes
   * @throws StoreOpenException when the target exists or cannot be written, or there is no sound
   *     database to copy
   */
  public static long backup(Path directory, Path target) {
    SqliteFiles files = new SqliteFiles(directory);
    files.requireDatabase();
    return SqliteBackup.copy(files.database(), target);
  }

  /**
   * Checks the audit log of a directory's database, even while a server writes to it.
   *
   * @throws StoreOpenException when it is not at this version, or has another secret
   */
  public static List<ChainReport> verifyAudit(Path directory, KeyVault vault) {
    Path file = new SqliteFiles(directory).database();
    Migrations.requireNewest(SqliteSchema.version(file));
    try (SqliteReaders readers = new SqliteReaders(file, 1)) {
      return readers.snapshot(session -> AuditVerifier.verify(session.handle(), vault));
    }
  }

  private static StoreOpenException inUse(Path directory) {
    return new StoreOpenException(
        "Another Licet server is running on the data directory " + directory + ".",
        "Stop it first, or choose another directory with --data-dir.");
  }

  /** A file answers: what may be away is room to write. */
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
    return display(file);
  }

  private static String display(Path file) {
    return "SQLite, " + file;
  }

  /** Begins and ends a transaction, which shows that the file can be locked and read. */
  @Override
  public void check() {
    writer.transaction(session -> {
      try (ResultSet row = session.prepared("SELECT 1 FROM accounts LIMIT 1").executeQuery()) {
        return row.next();
      }
    });
  }

  /** The writer goes last: with it the WAL is moved into the file and removed. */
  @Override
  public void close() {
    poller.close();
    checkpointer.close();
    readers.close();
    snapshotReader.close();
    writer.close();
    release(lock);
  }

  private static void release(@Nullable FileChannel lock) {
    if (lock == null) {
      return; // a server has the directory
    }
    try {
      lock.close();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "the lock file did not close", e);
    }
  }
}
