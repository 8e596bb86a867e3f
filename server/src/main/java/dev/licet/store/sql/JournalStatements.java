package dev.licet.store.sql;

import dev.licet.domain.usage.JournalStore;
import dev.licet.domain.usage.MonthlyUse;
import dev.licet.domain.usage.UsageEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** The statements of the journal that both databases share. */
public final class JournalStatements {
  /**
   * Gives a process a number, unless that is taken: the number of a process is when its validations
   * come out of a file that is of another database, or of this one after it was brought back from a
   * backup. Binds the time, twice.
   */
  private static final String OPEN =
      """
      INSERT INTO usage_nodes (started_at, seen_at, folded_to, round_to, next_license, closed)
      VALUES (?, ?, -1, -1, 0, 0) ON CONFLICT (node_no) DO NOTHING RETURNING node_no
      """;

  /** Sets the position of a new node before its first event. */
  private static final String START =
      "UPDATE usage_nodes SET folded_to = ?, round_to = ? WHERE node_no = ?";

  /**
   * Appends a batch of events. Binds the id of the first, their number, the batch, its day, and of
   * which licences it is.
   */
  public static final String APPEND =
      "INSERT INTO usage_batches (first_id, size, events, day, licenses) VALUES (?, ?, ?, ?, ?)";

  /** How many values {@link #APPEND} binds. */
  public static final int APPENDED = 5;

  /** Adds to what an account has used of a month. Binds account, month, node and validations. */
  public static final String COUNT =
      """
      INSERT INTO account_usage (account_no, month, node_no, validations) VALUES (?, ?, ?, ?)
      ON CONFLICT (account_no, month, node_no) DO UPDATE SET
        validations = validations + excluded.validations
      """;

  /**
   * The id after the last event of a node: of its last batch, or of what was folded, since old
   * batches go. Binds its first id, the next node's, and its number.
   */
  private static final String NEXT =
      """
      SELECT MAX(next) FROM (
        SELECT next FROM (
          SELECT first_id + size AS next FROM usage_batches
          WHERE first_id >= ? AND first_id < ? ORDER BY first_id DESC LIMIT 1) last_batch
        UNION ALL
        SELECT round_to + 1 FROM usage_nodes WHERE node_no = ?) known
      """;

  /** Batches of a long read that are in memory at once: there may be millions of events in all. */
  static final int FETCHED_BATCHES = 500;

  private JournalStatements() {}

  /** Adds a node, inside a transaction. */
  public static long openNode(Connection connection, long nowMillis) throws SQLException {
    long node = 0;
    while (node == 0) {
      node = newNumber(connection, nowMillis);
    }
    try (PreparedStatement update = connection.prepareStatement(START)) {
      update.setLong(1, JournalStore.firstId(node) - 1);
      update.setLong(2, JournalStore.firstId(node) - 1);
      update.setLong(3, node);
      update.executeUpdate();
    }
    return node;
  }

  /** A number for a process; 0 when the next one in turn is taken. */
  private static long newNumber(Connection connection, long nowMillis) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(OPEN)) {
      insert.setLong(1, nowMillis);
      insert.setLong(2, nowMillis);
      try (ResultSet row = insert.executeQuery()) {
        return row.next() ? row.getLong(1) : 0;
      }
    }
  }

  /** Binds a batch to the first parameters of a statement, those of {@link #APPEND}. */
  public static void bind(PreparedStatement append, long firstId, List<UsageEvent> events)
      throws SQLException {
    append.setLong(1, firstId);
    append.setInt(2, events.size());
    append.setBytes(3, EventCodec.encode(events));
    append.setLong(4, day(events));
    append.setLong(APPENDED, LicenseBits.of(events));
  }

  /** The day that a batch belongs to. */
  public static long day(List<UsageEvent> events) {
    return MonthlyUse.day(events.getLast().atMillis());
  }

  /** Binds what an account used to a prepared {@link #COUNT}. */
  public static void bind(PreparedStatement count, long nodeNo, MonthlyUse use)
      throws SQLException {
    count.setLong(1, use.accountNo());
    count.setInt(2, use.month());
    count.setLong(3, nodeNo);
    count.setInt(4, use.validations());
  }

  /** The id that a node's next event gets. */
  public static long nextId(Connection connection, long nodeNo) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(NEXT)) {
      select.setLong(1, JournalStore.firstId(nodeNo));
      select.setLong(2, JournalStore.firstId(nodeNo + 1));
      select.setLong(3, nodeNo);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return Math.max(JournalStore.firstId(nodeNo), row.getLong(1));
      }
    }
  }
}
