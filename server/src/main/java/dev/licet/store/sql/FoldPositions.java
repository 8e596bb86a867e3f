package dev.licet.store.sql;

import dev.licet.domain.usage.FoldStore.Position;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** How far the events of nodes are folded. */
public final class FoldPositions {
  /**
   * Moves a node's position if it is where it was thought to be: whoever is second moves nothing.
   */
  private static final String MOVE =
      """
      UPDATE usage_nodes SET folded_to = ?, round_to = ?, next_license = ?
      WHERE node_no = ? AND folded_to = ? AND round_to = ? AND next_license = ?
      """;

  /**
   * Moves a node's position after a slice: as {@link #move}, if no erasure has gone through the
   * journal since the round was read.
   */
  public static final String MOVE_AS_READ = MOVE + " AND erasures = ?";

  /** How many erasures went through the journal while a node had not ended. */
  private static final String ERASURES = "SELECT erasures FROM usage_nodes WHERE node_no = ?";

  private FoldPositions() {}

  /** Reads node, last folded id, end of the round and next licence, in this order. */
  static Position of(ResultSet row) throws SQLException {
    return new Position(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4));
  }

  static long erasures(Connection connection, long nodeNo) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(ERASURES)) {
      select.setLong(1, nodeNo);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? row.getLong(1) : 0;
      }
    }
  }

  /** Moves a position; false, changing nothing, when it is elsewhere. */
  static boolean move(Connection connection, Position from, Position to) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(MOVE)) {
      return move(update, from, to);
    }
  }

  /**
   * The same with {@link #MOVE_AS_READ}.
   *
   * @param erasures how many there were when the round was read; with other ones nothing is moved
   */
  public static boolean move(PreparedStatement update, Position from, Position to, long erasures)
      throws SQLException {
    update.setLong(8, erasures);
    return move(update, from, to);
  }

  private static boolean move(PreparedStatement update, Position from, Position to)
      throws SQLException {
    update.setLong(1, to.foldedTo());
    update.setLong(2, to.roundTo());
    update.setLong(3, to.nextLicense());
    update.setLong(4, from.nodeNo());
    update.setLong(5, from.foldedTo());
    update.setLong(6, from.roundTo());
    update.setLong(7, from.nextLicense());
    return update.executeUpdate() == 1;
  }
}
