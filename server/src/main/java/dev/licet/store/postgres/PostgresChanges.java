package dev.licet.store.postgres;

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
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.postgresql.PGConnection;

/**
 * Hears of what other servers change: woken by {@code NOTIFY}, and every half second in any case.
 *
 * <p>Sequence numbers are given out before the commit and so appear out of order. A poll therefore
 * asks for all rows of transactions that were not finished at the poll before, and leaves out those
 * that it has seen.
 */
final class PostgresChanges implements AutoCloseable {
  static final String CHANNEL = "licet_changes";

  private static final System.Logger LOG = System.getLogger(PostgresChanges.class.getName());

  private static final int WAIT_MILLIS = 500;
  private static final long CLOSE_MILLIS = 2_000;

  /** The oldest transaction that is not finished. */
  private static final String HORIZON =
      "SELECT CAST(pg_snapshot_xmin(pg_current_snapshot()) AS TEXT)";

  /** The horizon and the rows from the one before, both of one moment. */
  private static final String NEXT =
      """
      SELECT CAST(pg_snapshot_xmin(pg_current_snapshot()) AS TEXT) AS horizon,
        c.seq, c.kind, c.ref_no
      FROM (SELECT 1) one LEFT JOIN change_feed c ON c.tx >= CAST(? AS XID8) ORDER BY c.seq
      """;

  private final PostgresLink<Connection> link;
  private final ChangeHub hub;
  private final Thread thread;

  private volatile boolean closing;
  private boolean missed;
  private String horizon = "";
  private Set<Long> seen = new HashSet<>();

  PostgresChanges(PostgresConnections connections, ChangeHub hub) {
    this.link = new PostgresLink<>(connections, this::listen);
    this.hub = hub;
    this.thread = Thread.ofPlatform().name("postgres-changes").daemon().unstarted(this::run);
  }

  /** Listens to what happens from now on. */
  void start() {
    link.run(connection -> horizon);
    thread.start();
  }

  private Connection listen(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("LISTEN " + CHANNEL);
      try (ResultSet row = statement.executeQuery(HORIZON)) {
        row.next();
        horizon = row.getString(1);
      }
    }
    return connection;
  }

  private void run() {
    while (!closing) {
      try {
        List<Change> changes = link.run(this::next);
        if (missed) {
          hub.everythingChanged();
          missed = false;
        }
        hub.publish(changes);
      } catch (RuntimeException e) {
        report(e);
        if (!closing) {
          LockSupport.parkNanos(this, WAIT_MILLIS * 1_000_000L);
        }
      }
    }
    link.close();
  }

  private void report(RuntimeException fault) {
    if (!missed && !closing) {
      LOG.log(Level.WARNING, "changes by other servers are not heard of: " + fault.getMessage());
    }
    missed = true;
  }

  private List<Change> next(Connection connection) throws SQLException {
    connection.unwrap(PGConnection.class).getNotifications(WAIT_MILLIS);
    List<Change> changes = new ArrayList<>();
    Set<Long> found = new HashSet<>();
    try (PreparedStatement select = connection.prepareStatement(NEXT)) {
      select.setString(1, horizon);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          horizon = row.getString("horizon");
          long seq = row.getLong("seq");
          if (!row.wasNull() && found.add(seq) && !seen.contains(seq)) {
            changes.add(
                new Change(Change.Kind.valueOf(row.getString("kind")), row.getLong("ref_no")));
          }
        }
      }
    }
    seen = found;
    return changes;
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
