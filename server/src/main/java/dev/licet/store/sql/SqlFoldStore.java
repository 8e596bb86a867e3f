package dev.licet.store.sql;

import dev.licet.domain.usage.FoldRows;
import dev.licet.domain.usage.FoldStore;
import dev.licet.domain.usage.JournalStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The positions of the fold, in plain JDBC; how counters are written is each database's own. One
 * thread of a process folds.
 */
public final class SqlFoldStore implements FoldStore {
  /** Nodes that may have a tail. */
  private static final String POSITIONS =
      """
      SELECT node_no, folded_to, round_to, next_license
      FROM usage_nodes WHERE closed = 0 ORDER BY node_no
      """;

  /**
   * The batches that hold events of a part. Binds the least and the greatest first id that such a
   * batch can have, and the first id of the part.
   */
  private static final String ROUND =
      """
      SELECT first_id, events FROM usage_batches
      WHERE first_id >= ? AND first_id <= ? AND first_id + size > ?
      """;

  /** As {@link #POSITIONS}, of the nodes but one, with their signs of life. */
  private static final String OTHERS =
      """
      SELECT node_no, folded_to, round_to, next_license, seen_at
      FROM usage_nodes WHERE closed = 0 AND node_no <> ? ORDER BY node_no
      """;

  /**
   * Leaves a sign of life. Binds the node, the time twice, and twice how far the node is folded if
   * it is not known any more.
   */
  private static final String KEEP_ALIVE =
      """
      INSERT INTO usage_nodes
        (node_no, started_at, seen_at, folded_to, round_to, next_license, closed)
      VALUES (?, ?, ?, ?, ?, 0, 0)
      ON CONFLICT (node_no) DO UPDATE SET seen_at = excluded.seen_at, closed = 0
      """;

  /**
   * Asks a node no more. Binds the node, the sign of life that is known, the number of events by
   * which the last one of a batch may come after its first, and the next node's first id.
   */
  private static final String CLOSE =
      """
      UPDATE usage_nodes SET closed = 1
      WHERE node_no = ? AND seen_at <= ? AND round_to = folded_to AND NOT EXISTS (
        SELECT 1 FROM usage_batches
        WHERE first_id > folded_to - ? AND first_id < ? AND first_id + size - 1 > folded_to)
      """;

  /** In the place of a time: another folder was first. */
  private static final long NOT_MOVED = Long.MIN_VALUE;

  /** Writes what a slice adds, inside the transaction that moves the position. */
  public interface DeltaWriter {
    /**
     * Moves the position first of all.
     *
     * @param erasures as of {@link FoldPositions#move(PreparedStatement, Position, Position, long)}
     * @return false when it is elsewhere; nothing is to be written then
     */
    boolean move(Connection connection, Position from, Position to, long erasures)
        throws SQLException;

    void write(Connection connection, FoldDeltas deltas) throws SQLException;
  }

  private final Sessions sessions;
  private final DeltaWriter writer;
  private final boolean shared;
  private final Duration slice;
  private final InstantSource clock;
  private final RoundReader reader = new RoundReader();

  /** Where this process has moved nodes to, together with the rows that it remembers. */
  private final Map<Long, Position> moved = new HashMap<>();

  /** The {@link FoldPositions#erasures} of the node whose round was read last, from before. */
  private long erasures;

  /**
   * @param shared whether several processes may use the database at once
   * @param slice how long a slice may keep validations waiting
   */
  public SqlFoldStore(
      Sessions sessions, DeltaWriter writer, boolean shared, Duration slice, InstantSource clock) {
    this.sessions = sessions;
    this.writer = writer;
    this.shared = shared;
    this.slice = slice;
    this.clock = clock;
  }

  @Override
  public boolean isShared() {
    return shared;
  }

  @Override
  public List<Node> others(long nodeNo) {
    return read(connection -> {
      List<Node> nodes = new ArrayList<>();
      try (PreparedStatement select = connection.prepareStatement(OTHERS)) {
        select.setLong(1, nodeNo);
        try (ResultSet row = select.executeQuery()) {
          while (row.next()) {
            long lastId = JournalStatements.nextId(connection, row.getLong(1)) - 1;
            nodes.add(new Node(FoldPositions.of(row), lastId, row.getLong(5)));
          }
        }
      }
      nodes.forEach(node -> compare(node.position()));
      return nodes;
    });
  }

  @Override
  public void keepAlive(long nodeNo, long foldedTo) {
    write(connection -> {
      try (PreparedStatement update = connection.prepareStatement(KEEP_ALIVE)) {
        update.setLong(1, nodeNo);
        update.setLong(2, clock.millis());
        update.setLong(3, clock.millis());
        update.setLong(4, foldedTo);
        update.setLong(5, foldedTo);
        return update.executeUpdate();
      }
    });
  }

  @Override
  public Duration slice() {
    return slice;
  }

  @Override
  public List<Position> positions() {
    return read(connection -> {
      List<Position> positions = new ArrayList<>();
      try (PreparedStatement select = connection.prepareStatement(POSITIONS);
          ResultSet row = select.executeQuery()) {
        while (row.next()) {
          positions.add(FoldPositions.of(row));
        }
      }
      positions.forEach(this::compare);
      return positions;
    });
  }

  /**
   * What was written last may be undone by a crash of the database, and then the position is, too.
   */
  private void compare(Position found) {
    Position known = moved.get(found.nodeNo());
    if (known != null && !known.equals(found)) {
      forget();
    }
  }

  /** Takes nothing for written any more: it is written once more, which changes nothing. */
  private void forget() {
    moved.clear();
    reader.forget();
  }

  @Override
  public Optional<Position> openRound(Position from, int maxEvents) {
    if (from.roundOpen()) {
      throw new IllegalArgumentException("the round is open already");
    }
    long last = read(connection -> JournalStatements.nextId(connection, from.nodeNo())) - 1;
    if (last <= from.foldedTo()) {
      return Optional.empty();
    }
    long roundTo = Math.min(last, from.foldedTo() + maxEvents);
    Position open = new Position(from.nodeNo(), from.foldedTo(), roundTo, 0);
    Sessions.JdbcWork<Boolean> work = connection -> FoldPositions.move(connection, from, open);
    boolean opened = sessions.writeLazily(work.onHandle());
    if (!opened) {
      forget();
      return Optional.empty();
    }
    moved.put(open.nodeNo(), open);
    return Optional.of(open);
  }

  @Override
  public void read(Position position, long fromId, long toId, FoldRows rows) {
    RoundReader.Part part = new RoundReader.Part(fromId, toId, position.nextLicense());
    read(connection -> {
      if (fromId == position.foldedTo() + 1) {
        noteErasures(connection, position.nodeNo());
      }
      try (PreparedStatement select = connection.prepareStatement(ROUND)) {
        select.setLong(1, fromId + 1 - JournalStore.MAX_BATCH);
        select.setLong(2, toId);
        select.setLong(3, fromId);
        select.setFetchSize(JournalStatements.FETCHED_BATCHES);
        try (ResultSet row = select.executeQuery()) {
          while (row.next()) {
            reader.read(row.getLong(1), row.getBytes(2), part, rows);
          }
        }
      }
      return rows.size();
    });
  }

  /** What was written may have been erased since the last round. */
  private void noteErasures(Connection connection, long nodeNo) throws SQLException {
    long found = FoldPositions.erasures(connection, nodeNo);
    if (found != erasures) {
      forget();
      erasures = found;
    }
  }

  @Override
  public Optional<Duration> apply(
      FoldRows rows, int fromRow, int toRow, Position from, Position to) {
    FoldDeltas deltas = new FoldDeltas(rows, fromRow, toRow, from);
    Sessions.JdbcWork<Long> work =
        connection -> {
          long begin = System.nanoTime();
          if (!writer.move(connection, from, to, erasures)) {
            return NOT_MOVED;
          }
          writer.write(connection, deltas);
          return begin;
        };
    long begin = writeSlice(work);
    if (begin == NOT_MOVED) {
      forget();
      return Optional.empty();
    }
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    moved.put(to.nodeNo(), to);
    reader.remember(deltas);
    return Optional.of(took);
  }

  private long writeSlice(Sessions.JdbcWork<Long> work) {
    try {
      return sessions.writeLazily(work.onHandle());
    } catch (RuntimeException e) {
      forget();
      throw e;
    }
  }

  @Override
  public boolean closeNode(long nodeNo, long seenAt) {
    return write(connection -> {
      try (PreparedStatement update = connection.prepareStatement(CLOSE)) {
        update.setLong(1, nodeNo);
        update.setLong(2, seenAt);
        update.setLong(3, JournalStore.MAX_BATCH);
        update.setLong(4, JournalStore.firstId(nodeNo + 1));
        return update.executeUpdate() == 1;
      }
    });
  }

  private <T> T read(Sessions.JdbcWork<T> work) {
    return sessions.read(work.onHandle());
  }

  private <T> T write(Sessions.JdbcWork<T> work) {
    return sessions.write(work.onHandle());
  }
}
