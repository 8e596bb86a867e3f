package dev.licet.domain.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.licet.domain.usage.FoldStore.Node;
import dev.licet.domain.usage.FoldStore.Position;
import dev.licet.domain.usage.NodeWatch.State;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NodeWatchTest {
  private static final long VISIT = 15_000_000_000L;

  private final NodeWatch watch = new NodeWatch(true);

  @Test
  void aNodeIsIdleOnceItHasAppendedNothingBetweenTwoLooks() {
    assertEquals(State.BUSY, look(10, 1, 0));
    assertEquals(State.BUSY, look(11, 1, VISIT));
    assertEquals(State.IDLE, look(11, 2, 2 * VISIT));
    assertEquals(State.BUSY, look(12, 2, 3 * VISIT));
  }

  @Test
  void aNodeIsGoneAfterTenMinutesWithoutASignOfLife() {
    assertEquals(State.BUSY, look(10, 1, 0));
    assertEquals(State.IDLE, look(10, 1, NodeWatch.GONE_NANOS - 1));
    assertEquals(State.GONE, look(10, 1, NodeWatch.GONE_NANOS));
    assertEquals(State.IDLE, look(10, 2, NodeWatch.GONE_NANOS + VISIT));
    assertEquals(State.IDLE, look(10, 2, 2 * NodeWatch.GONE_NANOS));
    assertEquals(State.GONE, look(10, 2, 2 * NodeWatch.GONE_NANOS + VISIT));
  }

  @Test
  void aNodeThatWasNotThereIsLookedAtAnew() {
    look(10, 1, 0);
    watch.look(List.of(), VISIT);
    assertEquals(State.BUSY, look(10, 1, NodeWatch.GONE_NANOS));
  }

  @Test
  void withoutOtherProcessesAllOtherNodesAreGone() {
    assertEquals(Map.of(7L, State.GONE), new NodeWatch(false).look(List.of(node(10, 1)), VISIT));
  }

  private State look(long lastId, long seenAt, long nowNanos) {
    return watch.look(List.of(node(lastId, seenAt)), nowNanos).get(7L);
  }

  private static Node node(long lastId, long seenAt) {
    return new Node(new Position(7, 5, 5, 0), lastId, seenAt);
  }
}
