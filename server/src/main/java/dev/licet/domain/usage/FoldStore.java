package dev.licet.domain.usage;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the fold of the journal needs of the database.
 *
 * <p>A fold goes in rounds. A round covers a node's events from {@link Position#foldedTo}
 * (exclusive) to {@link Position#roundTo} (inclusive) and is written in slices of rising licence
 * numbers, each slice in one transaction together with the position that it reaches. Slices keep
 * the writer free for validations; the position makes every event count exactly once, whoever folds
 * and whenever a process dies.
 */
public interface FoldStore {
  /**
   * How far a node's events are folded: all up to {@code foldedTo}, and those up to {@code roundTo}
   * of licences below {@code nextLicense}.
   */
  record Position(long nodeNo, long foldedTo, long roundTo, long nextLicense) {
    public boolean roundOpen() {
      return roundTo > foldedTo;
    }
  }

  /**
   * A node as others see it.
   *
   * @param lastId of its last event; the one before its first id when there is none
   * @param seenAt when it last gave a sign of life, by its own clock, milliseconds since the epoch
   */
  record Node(Position position, long lastId, long seenAt) {
    public long no() {
      return position.nodeNo();
    }
  }

  /** Whether other processes may append now; if not, all nodes but this process's are gone. */
  boolean isShared();

  /** All nodes that may have a tail, but one. */
  List<Node> others(long nodeNo);

  /**
   * Leaves a sign of life of a node, and opens it again when another took it for gone.
   *
   * @param foldedTo how far it is folded when it was gone for so long that it is not known any more
   */
  void keepAlive(long nodeNo, long foldedTo);

  /** How long a slice may keep validations waiting: short where there is one writer. */
  Duration slice();

  /** The positions of all nodes that may have a tail. */
  List<Position> positions();

  /**
   * Opens a round over what a node has appended, at most {@code maxEvents} of it.
   *
   * @return the position with the round open; empty when there is nothing to fold or another folder
   *     moved the position first
   */
  Optional<Position> openRound(Position from, int maxEvents);

  /**
   * Reads those events of the open round that are not folded yet.
   *
   * @param fromId the first id of the part to be read
   * @param toId its last
   * @param rows takes them, unsorted, after those that it has
   */
  void read(Position position, long fromId, long toId, FoldRows rows);

  /**
   * Adds a slice to the counters and moves the position from {@code from} to {@code to}, in one
   * transaction. It need not be on the disk when this returns: a crash undoes both together.
   *
   * @return how long the transaction took, without what it waited for its turn; empty, changing
   *     nothing, when another folder moved the position first
   */
  Optional<Duration> apply(FoldRows rows, int fromRow, int toRow, Position from, Position to);

  /**
   * Notes that a node appends no more, so that it is not asked again.
   *
   * @return false, changing nothing, when the node is not folded to its end, or has given a sign of
   *     life after {@code seenAt}
   */
  boolean closeNode(long nodeNo, long seenAt);
}
