package dev.licet.store.postgres;

import dev.licet.domain.DatabaseState;
import dev.licet.domain.event.Change;
import dev.licet.store.sql.ChangeHub;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.postgresql.PGConnection;

/**
 * Hears of what other servers change: woken by {@code NOTIFY}, and every half second in any case.
 *
 * <p>Sequence numbers are given out before the commit and so appear out of order. A poll therefore
 * asks for all rows of transactions that were not finished at the poll before, and leaves out those
 * that it has seen.
 *
 * <p>After a time without a connection it goes on where it was, if it is the same database with the
 * same past: then only what changed is read again. Else everything counts as changed.
 */
final class PostgresChanges implements AutoCloseable {
  static final String CHANNEL = "licet_changes";

  private static final System.Logger LOG = System.getLogger(PostgresChanges.class.getName());

  private static final int WAIT_MILLIS = 500;
  private static final long CLOSE_MILLIS = 2_000;

  /** Half of the time for which changes are kept. */
  private static final long LONGEST_GAP_NANOS = TimeUnit.MINUTES.toNanos(30);

  /** The oldest transaction that is not finished. */
  private static final String HORIZON =
      "SELECT CAST(pg_snapshot_xmin(pg_current_snapshot()) AS TEXT)";

  /** Is another one after a failover or a recovery, which may have lost transactions. */
  private static final String TIMELINE =
      "SELECT substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8)";

  /** The horizon and the rows from the one before, both of one moment. */
  private static final String NEXT =
      """
      SELECT CAST(pg_snapshot_xmin(pg_current_snapshot()) AS TEXT) AS horizon,
        c.seq, c.kind, c.ref_no
      FROM (SELECT 1) one LEFT JOIN change_feed c ON c.tx >= CAST(? AS XID8) ORDER BY c.seq
      """;

  private final PostgresLink<Connection> link;
  private final DatabaseState state;
  private final ChangeHub hub;
  private final Thread thread;

  private volatile boolean closing;
  private volatile boolean silent;

  /** Whether changes are lost. */
  private boolean gap;

  private String horizon = "";
  private String timeline = "";
  private long polledAt;
  private Set<Long> seen = new HashSet<>();

  PostgresChanges(PostgresConnections connections, ChangeHub hub) {
    this.link = new PostgresLink<>(connections, this::listen);
    this.state = connections.state();
    this.hub = hub;
    this.thread = Thread.ofPlatform().name("postgres-changes").daemon().unstarted(this::run);
  }

  /** Listens to what happens from now on. */
  void start() {
    link.run(connection -> horizon);
    state.heard();
    thread.start();
  }

  private Connection listen(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("LISTEN " + CHANNEL);
      String now = text(statement, HORIZON);
      String here = timeline(statement);
      if (!goesOn(now, here)) {
        gap = !horizon.isEmpty();
        horizon = now;
        seen = new HashSet<>();
        polledAt = System.nanoTime();
      }
      timeline = here;
    }
    return connection;
  }

  private boolean goesOn(String now, String here) {
    return !horizon.isEmpty()
        && !here.isEmpty()
        && here.equals(timeline)
        && Long.compareUnsigned(Long.parseUnsignedLong(now), Long.parseUnsignedLong(horizon)) >= 0
        && System.nanoTime() - polledAt < LONGEST_GAP_NANOS;
  }

  /** The empty text where the database does not say it. */
  private static String timeline(Statement statement) {
    try {
      return text(statement, TIMELINE);
    } catch (SQLException e) {
      LOG.log(Level.DEBUG, "the timeline is not known", e);
      return "";
    }
  }

  private static String text(Statement statement, String query) throws SQLException {
    try (ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }

  private void run() {
    while (!closing) {
      try {
        poll(true);
      } catch (RuntimeException e) {
        report(e);
        if (!closing) {
          LockSupport.parkNanos(this, WAIT_MILLIS * 1_000_000L);
        }
      }
    }
    link.close();
  }

  /** Passes on what was committed by others before this was called. */
  void catchUp() {
    try {
      poll(false);
    } catch (RuntimeException e) {
      hub.everythingChanged();
    }
  }

  private synchronized void poll(boolean wait) {
    List<Change> changes = link.run(connection -> next(connection, wait));
    if (gap) {
      hub.everythingChanged();
      gap = false;
    }
    hub.publish(changes);
    state.heard();
    silent = false;
  }

  private void report(RuntimeException fault) {
    if (!silent && !closing) {
      LOG.log(Level.WARNING, "changes by other servers are not heard of: " + fault.getMessage());
    }
    silent = true;
  }

  private List<Change> next(Connection connection, boolean wait) throws SQLException {
    PGConnection news = connection.unwrap(PGConnection.class);
    if (wait) {
      news.getNotifications(WAIT_MILLIS);
    } else {
      news.getNotifications();
    }
    List<Change> changes = new ArrayList<>();
    Set<Long> found = new HashSet<>();
    String reached = horizon; // what is read half is read again
    try (PreparedStatement select = connection.prepareStatement(NEXT)) {
      select.setString(1, horizon);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          reached = row.getString("horizon");
          long seq = row.getLong("seq");
          if (!row.wasNull() && found.add(seq) && !seen.contains(seq)) {
            add(changes, row);
          }
        }
      }
    }
    horizon = reached;
    seen = found;
    polledAt = System.nanoTime();
    return changes;
  }

  /** A newer server may tell of what this one does not know: then anything may have changed. */
  private void add(List<Change> changes, ResultSet row) throws SQLException {
    Optional<Change.Kind> kind = Change.Kind.of(row.getString("kind"));
    if (kind.isPresent()) {
      changes.add(new Change(kind.get(), row.getLong("ref_no")));
    } else {
      gap = true;
    }
  }

  @Override
  public void close() {
    closing = true;
    link.breakOff(); // it waits for news
    LockSupport.unpark(thread);
    try {
      thread.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
