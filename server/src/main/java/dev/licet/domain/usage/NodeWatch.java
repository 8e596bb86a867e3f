package dev.licet.domain.usage;

import dev.licet.domain.usage.FoldStore.Node;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells, by looking at the other nodes now and then, which of them append, rest, or are gone. Goes
 * by this process's own time between two looks, since the nodes' clocks may differ.
 */
final class NodeWatch {
  /** What a node does. */
  enum State {
    /** It appends, and folds what it appends. */
    BUSY,
    /** It has appended nothing since the last look: what it has not folded, another may. */
    IDLE,
    /** Nothing was heard of it for so long that nobody needs to look for its events. */
    GONE
  }

  /** Nodes leave a sign of life four times a minute. */
  static final long GONE_NANOS = 600_000_000_000L;

  private record Sight(long lastId, long seenAt, long sinceNanos) {}

  private final boolean shared;
  private Map<Long, Sight> sights = new HashMap<>();

  /**
   * @param shared whether other processes may live; if not, all other nodes are gone
   */
  NodeWatch(boolean shared) {
    this.shared = shared;
  }

  /** Looks at all other nodes; what each does, by its number. */
  Map<Long, State> look(List<Node> nodes, long nowNanos) {
    Map<Long, Sight> seen = new HashMap<>();
    Map<Long, State> states = new HashMap<>();
    for (Node node : nodes) {
      Sight before = sights.get(node.no());
      boolean appended = before == null || before.lastId() != node.lastId();
      long since =
          before == null || appended || before.seenAt() != node.seenAt()
              ? nowNanos
              : before.sinceNanos();
      seen.put(node.no(), new Sight(node.lastId(), node.seenAt(), since));
      states.put(node.no(), state(appended, nowNanos - since));
    }
    sights = seen;
    return states;
  }

  private State state(boolean appended, long silentNanos) {
    if (!shared || silentNanos >= GONE_NANOS) {
      return State.GONE;
    }
    return appended ? State.BUSY : State.IDLE;
  }
}
