package dev.licet.store.sqlite;

import dev.licet.domain.event.Change;
import dev.licet.store.sql.ChangeHub;
import java.lang.System.Logger.Level;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Hears of what other processes change, such as commands that run beside the server. */
final class SqliteChangePoller implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(SqliteChangePoller.class.getName());

  private static final long TICK_NANOS = 500_000_000L;
  private static final long CLOSE_MILLIS = 2_000;

  /**
   * Changes on the writer's connection only when another connection has written. Each connection
   * counts for itself.
   */
  private static final String DATA_VERSION = "PRAGMA data_version";

  /** The feed's end. */
  private static final String LAST = "SELECT COALESCE(MAX(seq), 0) FROM change_feed";

  /** What came after an entry. */
  private static final String AFTER =
      "SELECT seq, kind, ref_no FROM change_feed WHERE seq > ? ORDER BY seq";

  private final SqliteWriter writer;
  private final SqliteReaders readers;
  private final ChangeHub hub;
  private final Thread thread;

  private volatile boolean closing;
  private boolean missed;
  private @Nullable Version version;
  private long last;

  /** What the writer's session says of others' writes; it means nothing to another session. */
  private record Version(SqliteSession session, long number) {
    boolean isSameAs(@Nullable Version other) {
      return other != null && session == other.session && number == other.number;
    }
  }

  SqliteChangePoller(SqliteWriter writer, SqliteReaders readers, ChangeHub hub) {
    this.writer = writer;
    this.readers = readers;
    this.hub = hub;
    this.thread = Thread.ofPlatform().name("sqlite-changes").daemon().unstarted(this::run);
  }

  /** Listens to what happens from now on. */
  void start() {
    version = version();
    last = writer.exclusively(session -> number(session, LAST));
    thread.start();
  }

  private void run() {
    while (!closing) {
      LockSupport.parkNanos(this, TICK_NANOS);
      try {
        poll();
      } catch (RuntimeException e) {
        report(e);
      }
    }
  }

  private void report(RuntimeException fault) {
    if (!missed && !closing) {
      LOG.log(Level.WARNING, "changes by other processes are not heard of: " + fault.getMessage());
    }
    missed = true;
  }

  private void poll() {
    Version now = version();
    if (!now.isSameAs(version)) {
      hub.publish(readers.run(this::next));
      version = now;
    }
    if (missed) {
      hub.everythingChanged();
      missed = false;
    }
  }

  private List<Change> next(SqliteSession session) throws SQLException {
    List<Change> changes = new ArrayList<>();
    PreparedStatement select = session.prepared(AFTER);
    select.setLong(1, last);
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        last = row.getLong(1);
        changes.add(new Change(Change.Kind.valueOf(row.getString(2)), row.getLong(3)));
      }
    }
    return changes;
  }

  private Version version() {
    return writer.exclusively(session -> new Version(session, number(session, DATA_VERSION)));
  }

  private static long number(SqliteSession session, String sql) throws SQLException {
    try (ResultSet row = session.prepared(sql).executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  @Override
  public void close() {
    closing = true;
    LockSupport.unpark(thread);
    try {
      thread.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
